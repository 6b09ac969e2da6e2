import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { MINUTE } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { acceptHubspot, type Receiving } from './accept-hubspot.ts';
import { isSignedByHubspot } from './hubspot-signature.ts';

export interface ReceiverOptions {
  readonly hubspot: Receiving & { readonly secrets: readonly string[] };
  /** Where the CRM reaches us, without a slash at the end; what the request itself says when absent. */
  readonly publicUrl: string | undefined;
  /** Why no work can be taken now, or undefined while all is well. */
  readonly notReady: () => Promise<string | undefined>;
}

/** HubSpot sends at most 100 events of some 500 bytes. */
const LARGEST_BODY = '1mb';
const FAILURES_A_MINUTE = 60;

/**
 * The webhook receiver. It verifies, parses, writes the hint down in Redis and acknowledges, in that order: 204 taken,
 * 400 unreadable, 401 not signed by HubSpot, 405 no POST, 413 too large, 415 not plain JSON, 503 come again.
 */
export function createReceiver({ hubspot, publicUrl, notReady }: ReceiverOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet());

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const reason = await notReady();
    response.status(reason === undefined ? 200 : 503).json(reason === undefined ? { status: 'ok' } : { reason });
  });

  const raw = express.raw({ type: 'application/json', limit: LARGEST_BODY, inflate: false });
  // Only failures count, after the signature: HubSpot itself is never held up, however much it sends.
  const tooManyFailures = rateLimit({
    windowMs: MINUTE,
    limit: FAILURES_A_MINUTE,
    legacyHeaders: false,
    // Behind a proxy all senders share its address, which is as it should be: a forwarded one can be forged.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  });
  app.post('/webhooks/hubspot', raw, async (request, response, next) => {
    const { body } = request;
    if (!Buffer.isBuffer(body)) {
      response.status(415).json({ error: 'send application/json' });
      return;
    }
    const signed = {
      method: request.method,
      uri: calledAddress(request, publicUrl),
      body,
      timestamp: request.get('x-hubspot-request-timestamp'),
      signature: request.get('x-hubspot-signature-v3'),
    };
    if (!isSignedByHubspot(signed, hubspot.secrets, hubspot.clock.now())) {
      tooManyFailures(request, response, (error?: unknown) => {
        if (error !== undefined) next(error);
        else response.status(401).json({ error: 'the signature does not fit' });
      });
      return;
    }
    const delivery = parseDelivery(body);
    if (delivery === undefined) {
      response.status(400).json({ error: 'send a JSON array of events' });
      return;
    }
    await acceptHubspot(hubspot, delivery);
    response.status(204).end();
  });
  app.all('/webhooks/hubspot', (_request, response) => {
    response.status(405).set('allow', 'POST').json({ error: 'send a POST' });
  });

  app.use((_request, response) => {
    response.status(404).json({ error: 'there is nothing here' });
  });
  app.use(answerError(hubspot));
  return app;
}

const isPlainObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

function calledAddress(request: Request, publicUrl: string | undefined): string {
  return `${publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`}${request.originalUrl}`;
}

/** An array in which one entry at least is an object: the rest may be malformed, but this is no delivery at all without. */
function parseDelivery(body: Buffer): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (!Array.isArray(parsed)) return undefined;
    return parsed.length === 0 || parsed.some(isPlainObject) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Body parsing fails with a status of its own; what else fails is Redis, and the sender should come again. */
function answerError({ log }: Receiving): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (status !== undefined) {
      response.status(status).json({ error: status === 413 ? 'the body is too large' : 'the body cannot be read' });
      return;
    }
    log.error('a webhook could not be taken in: the sender will try again', { error: messageOf(error) });
    response.status(503).set('retry-after', '5').json({ error: 'try again later' });
  };
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
