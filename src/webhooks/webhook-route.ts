import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { parseJson } from './parse-json.ts';

/** An address that takes webhooks of one kind. */
export interface WebhookRoute {
  readonly path: string;
  /** What somebody is told who sends no POST. */
  readonly usage: string;
  /** Why nothing is taken here, where the operator left something out. */
  readonly closed?: string | undefined;
  /** When to come again while Redis is away, as the sender reads it; left out where it would be misread. */
  readonly retryAfter?: string;
  /** Why it is not taken for the sender's own, in words that help whoever sets a sender up; undefined where it is. */
  refusal(request: Request, body: Buffer): string | undefined;
  /** Takes in what the body says. @returns what is wrong with it; undefined once all of it is in Redis. */
  take(content: unknown, request: Request): Promise<string | undefined>;
}

/** The largest delivery of HubSpot's has 100 events of some 500 bytes. */
const LARGEST_BODY = '1mb';

/** Serves a route: verify, parse, write down, acknowledge, in that order. `refuse` answers whoever is not genuine. */
export function addWebhookRoute(
  app: Express,
  route: WebhookRoute,
  refuse: (why: string) => RequestHandler,
  log: Log,
): void {
  const { path, usage, closed, retryAfter } = route;
  const raw = express.raw({ type: 'application/json', limit: LARGEST_BODY, inflate: false });
  if (closed !== undefined) {
    app.all(path, (_request, response) => answer(response, 404, closed));
    return;
  }
  app.post(path, raw, async (request, response, next) => {
    const { body } = request;
    if (!Buffer.isBuffer(body)) return answer(response, 415, 'send application/json');
    const refusal = route.refusal(request, body);
    if (refusal !== undefined) return refuse(refusal)(request, response, next);
    try {
      const wrong = await route.take(parseJson(body), request);
      if (wrong === undefined) response.status(204).end();
      else answer(response, 400, wrong);
    } catch (error) {
      log.error('a webhook could not be taken in: the sender will try again', { path, error: messageOf(error) });
      if (retryAfter !== undefined) response.set('retry-after', retryAfter);
      answer(response, 503, 'try again later');
    }
  });
  app.all(path, (_request, response) => answer(response.set('allow', 'POST'), 405, usage));
}

export function answer(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}
