import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { parseJson } from './parse-json.ts';

/** How a body is read. */
export interface BodyKind {
  /** The content types that are taken; whoever sends another is told the first. */
  readonly types: readonly string[];
  /** What the body says; undefined where it cannot be read. */
  parse(body: Buffer): unknown;
}

/** An address that takes webhooks of one kind. */
export interface WebhookRoute {
  readonly path: string;
  /** What somebody is told who sends no POST. */
  readonly usage: string;
  /** JSON where it is left out. */
  readonly body?: BodyKind;
  /** Why nothing is taken here, where the operator left something out. */
  readonly closed?: string | undefined;
  /** When to come again while Redis is away, as the sender reads it; left out where it would be misread. */
  readonly retryAfter?: string;
  /** Whether this is the whole address, where a part of it is secret: any other looks as if nothing were there. */
  isHere?(request: Request): boolean;
  /** Why it is not taken for the sender's own, in words that help whoever sets a sender up; undefined where it is. */
  refusal(request: Request, body: Buffer): string | undefined;
  /** Takes in what the body says. @returns what is wrong with it; undefined once all of it is in Redis. */
  take(content: unknown, request: Request): Promise<string | undefined>;
  /** Answers that it is taken, or that it is to come again, where the sender wants other answers than 204 and 503. */
  acknowledge?(response: Response, taken: boolean): void;
}

/** The largest delivery of HubSpot's has 100 events of some 500 bytes. */
const LARGEST_BODY = '1mb';

const JSON_BODY: BodyKind = { types: ['application/json'], parse: parseJson };

const NOTHING_HERE = 'there is nothing here';

/** Serves a route: verify, parse, write down, acknowledge, in that order. `refuse` answers whoever is not genuine. */
export function addWebhookRoute(
  app: Express,
  route: WebhookRoute,
  refuse: (why: string, status?: number) => RequestHandler,
  log: Log,
): void {
  const { path, usage, closed, retryAfter, body: kind = JSON_BODY } = route;
  const { isHere = () => true, acknowledge = acknowledgePlainly } = route;
  const raw = express.raw({ type: [...kind.types], limit: LARGEST_BODY, inflate: false });
  if (closed !== undefined) {
    app.all(path, (_request, response) => answer(response, 404, closed));
    return;
  }
  app.all(path, (request, response, next) => {
    if (isHere(request)) next();
    else refuse(NOTHING_HERE, 404)(request, response, next);
  });
  app.post(path, raw, async (request, response, next) => {
    const { body } = request;
    if (!Buffer.isBuffer(body)) return answer(response, 415, `send ${kind.types[0]}`);
    const refusal = route.refusal(request, body);
    if (refusal !== undefined) return refuse(refusal)(request, response, next);
    try {
      const wrong = await route.take(kind.parse(body), request);
      if (wrong === undefined) acknowledge(response, true);
      else answer(response, 400, wrong);
    } catch (error) {
      log.error('a webhook could not be taken in: the sender will try again', { path, error: messageOf(error) });
      if (retryAfter !== undefined) response.set('retry-after', retryAfter);
      acknowledge(response, false);
    }
  });
  app.all(path, (_request, response) => answer(response.set('allow', 'POST'), 405, usage));
}

function acknowledgePlainly(response: Response, taken: boolean): void {
  if (taken) response.status(204).end();
  else answer(response, 503, 'try again later');
}

/** Also for addresses that nobody serves. */
export function answerNothingHere(response: Response): void {
  answer(response, 404, NOTHING_HERE);
}

export function answer(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}
