/** Somebody asked for a demo. */
export interface DemoRequest {
  readonly crm: string;
  /** Milliseconds since 1970, as exact as the CRM keeps it. */
  readonly at: number;
  /** Before sales, ruled out by the model, or neither yet. */
  stand(): 'before sales' | 'ruled out' | 'waiting';
  /** Who asked. */
  readonly id: string;
}

/** People of a CRM who do something. */
export interface CrmLife {
  /** Somebody does something, or something is done to them; returns what it was. */
  act(): string;
  /** Somebody asks for a demo: the CRM may or may not know them. They stay as they are until that is answered. */
  askForDemo(): DemoRequest;
  /** The request is answered: they may go. */
  answered(request: DemoRequest): void;
}

/** By weight, what happens next. */
export type Acts = readonly (readonly [weight: number, what: string, act: () => void])[];

/** Of those that are there, somebody must be. */
export function someone(id: string | undefined): string {
  if (id === undefined) throw new Error('the soak has run out of people');
  return id;
}
