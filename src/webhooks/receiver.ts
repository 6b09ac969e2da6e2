import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { MINUTE } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type FormOptions, formRoute } from './form-route.ts';
import { hubspotRoute } from './hubspot-route.ts';
import type { Receiving } from './receiving.ts';
import { salesforceFlowRoute } from './salesforce-flow-route.ts';
import { type SalesforceOptions, salesforceRoute } from './salesforce-route.ts';
import { addWebhookRoute, answer, answerNothingHere } from './webhook-route.ts';
import { workflowRoute } from './workflow-route.ts';

export interface ReceiverOptions {
  readonly hubspot: Receiving & { readonly secrets: readonly string[] };
  /** How a company's own site tells of its forms; nothing is taken from it when absent. */
  readonly form?: FormOptions | undefined;
  /** Outbound messages and flows of Salesforce; their addresses are not there when absent. */
  readonly salesforce?: (Receiving & SalesforceOptions) | undefined;
  /** Where the CRM reaches us, without a slash at the end; what the request itself says when absent. */
  readonly publicUrl: string | undefined;
  /** Why no work can be taken now, or undefined while all is well. */
  readonly notReady: () => Promise<string | undefined>;
}

const FAILURES_A_MINUTE = 60;

/**
 * The webhook receiver. It verifies, parses, writes the hint down in Redis and acknowledges, in that order: 204 taken (200 with
 * a body where the sender reads one), 400 unreadable, 401 not signed by who should, 404 not open, 405 no POST, 413 too large,
 * 415 not what is read there, 503 come again.
 */
export function createReceiver({ hubspot, form, salesforce, publicUrl, notReady }: ReceiverOptions): Express {
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

  const refuse = refuseStrangers();
  const { secrets, log } = hubspot;
  for (const route of [
    hubspotRoute(hubspot, secrets, publicUrl),
    workflowRoute(hubspot, secrets, publicUrl),
    formRoute(hubspot, form),
  ])
    addWebhookRoute(app, route, refuse, log);
  if (salesforce !== undefined) {
    // The flow's address first: to the other, its last word would be a secret.
    for (const route of [salesforceFlowRoute(salesforce, salesforce.secrets), salesforceRoute(salesforce, salesforce)])
      addWebhookRoute(app, route, refuse, salesforce.log);
  }

  app.use((_request, response) => answerNothingHere(response));
  app.use(answerError(log));
  return app;
}

/** Only failures count, after the signature: whoever signs rightly is never held up, however much comes. */
function refuseStrangers(): (why: string, status?: number) => RequestHandler {
  const tooManyFailures = rateLimit({
    windowMs: MINUTE,
    limit: FAILURES_A_MINUTE,
    legacyHeaders: false,
    // Behind a proxy all senders share its address, which is as it should be: a forwarded one can be forged.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  });
  return (why, status = 401) =>
    (request, response, next) =>
      tooManyFailures(request, response, (error?: unknown) => {
        if (error !== undefined) next(error);
        else answer(response, status, why);
      });
}

/** Reading a body fails with a status of its own. */
function answerError(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (status !== undefined)
      return answer(response, status, status === 413 ? 'the body is too large' : 'the body cannot be read');
    log.error('a request could not be answered', { error: messageOf(error) });
    answer(response, 503, 'try again later');
  };
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
