import { z } from 'zod';
import type { OutboundSender } from '../outbound/outbound-sender.ts';
import { controlRoute } from './control-routes.ts';
import { readBody } from './read-body.ts';
import type { Route } from './route.ts';
import { refusal } from './salesforce-error.ts';

const modeBody = z.object({ mode: z.enum(['send', 'drop', 'hold']) });

/** What the org told receivers, and whether it goes on telling, for a sandbox in another process. */
export function outboundControlRoutes(outbound: OutboundSender | undefined): Route[] {
  return [
    controlRoute('GET', 'outbound', () => ({
      status: 200,
      body: { mode: outbound?.mode ?? 'drop', deliveries: outbound?.deliveries ?? [] },
    })),
    controlRoute('POST', 'outbound', ({ body }) => {
      const { mode } = readBody(modeBody, body);
      if (outbound === undefined) throw refusal('INVALID_INPUT', 'This sandbox was started without outbound messages');
      outbound.mode = mode;
      return { status: 204 };
    }),
  ];
}
