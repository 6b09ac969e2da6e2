import { z } from 'zod';
import type { Faults } from '../../http/faults.ts';
import type { RequestRecord } from '../../http/request-record.ts';
import { readBody } from './read-body.ts';
import type { Answer, Route, SentCall } from './route.ts';

interface Controlled {
  readonly requests: RequestRecord;
  readonly faults: Faults;
}

const faultBody = z.object({
  method: z.string().optional(),
  path: z.string(),
  pattern: z.boolean().optional(),
  when: z.enum(['before', 'after']).optional(),
  status: z.number().int().optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  delayMs: z.number().optional(),
  reset: z.boolean().optional(),
  halfBody: z.boolean().optional(),
  times: z.number().int().optional(),
  skip: z.number().int().optional(),
});

const DONE: Answer = { status: 204 };

/** A control of another process: `POST /_sandbox/faults`. No session is asked for: the sandbox listens on this machine alone. */
export function controlRoute(method: string, path: string, handle: (call: SentCall) => Answer): Route {
  return { method, template: `/_sandbox/${path}`, kind: 'other', open: true, handle };
}

/** What was asked, and what is to go wrong; as the HubSpot sandbox has them. */
export function controlRoutes({ requests, faults }: Controlled): Route[] {
  return [
    controlRoute('GET', 'requests', ({ query }) => {
      const filter = { method: query.get('method') ?? undefined, path: query.get('path') ?? undefined };
      return { status: 200, body: requests.all(filter) };
    }),
    controlRoute('GET', 'counts', () => ({ status: 200, body: requests.counts() })),
    controlRoute('DELETE', 'requests', () => {
      requests.clear();
      return DONE;
    }),
    controlRoute('GET', 'faults', () => ({
      status: 200,
      body: faults.list().map(({ fault, left, met }) => ({
        ...fault,
        path: String(fault.path),
        left: Number.isFinite(left) ? left : null,
        met,
      })),
    })),
    // As `Fault`; with `pattern: true` the path is a regular expression.
    controlRoute('POST', 'faults', ({ body }) => {
      const { pattern, path, ...fault } = readBody(faultBody, body);
      faults.add({ ...fault, path: pattern === true ? new RegExp(path) : path });
      return DONE;
    }),
    controlRoute('DELETE', 'faults', () => {
      faults.clear();
      return DONE;
    }),
  ];
}
