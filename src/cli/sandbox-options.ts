/** What the command line says of a sandbox. */
export interface SandboxOptions {
  readonly crm: 'hubspot' | 'salesforce';
  readonly port: number;
  readonly leads?: number;
  readonly seed: number;
  readonly buyers?: 'by-chance' | 'by-rule';
  readonly tier?: 'free' | 'starter' | 'professional' | 'enterprise';
  readonly leadsCsv?: string;
  readonly activitiesCsv?: string;
  readonly webhooks?: string;
  readonly webhookSecret?: string;
  readonly indexDelay?: number;
  readonly withoutScope: readonly string[];
  readonly json?: true;
}

/** How many people there are where nobody says. */
export const LEADS = 1_000;

/** A sandbox that is up, and how it introduces itself. */
export interface RunningSandbox {
  /** For programs: its address and credentials. */
  readonly told: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly welcome: readonly string[];
  close(): Promise<void>;
}
