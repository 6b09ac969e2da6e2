/** What a handler gives back: a body for JSON.stringify, or none. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** An error of HubSpot's, in its own shape but for the correlationId, which every answer gets when it is sent. */
export class HubSpotError extends Error {
  readonly status: number;
  readonly category: string;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, category: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.more = more;
  }
}

export function invalid(message: string, more?: Readonly<Record<string, unknown>>): HubSpotError {
  return new HubSpotError(400, 'VALIDATION_ERROR', message, more);
}

export function notFound(message = 'resource not found'): HubSpotError {
  return new HubSpotError(404, 'OBJECT_NOT_FOUND', message);
}
