import { z } from 'zod';
import { createCast } from '../../../src/cli/demo/cast.ts';
import type { Contact } from '../../../src/sandbox/portal/contact.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

/** What became of a demo request: milliseconds from the submission to the contact's write, by the portal's own record. */
export type Outcome = { readonly took: number } | 'ruled out' | 'missed';

/** Longer than any promise: after that a request counts as missed, in milliseconds. */
const PATIENCE = 60_000;
const LOOK_EVERY = 10;

interface Waiting {
  readonly contact: Contact;
  readonly at: number;
  readonly tell: (outcome: Outcome) => void;
}

/** People who ask for a demo, every other one somebody whom the portal knows, and when each of them is in front of sales. */
export function followRequests(sandbox: Sandbox) {
  const { portal, people, requests } = sandbox;
  const cast = createCast(portal, 1);
  const waiting = new Set<Waiting>();
  let asked = 0;

  const look = () => {
    for (const one of waiting) {
      const outcome = outcomeOf(one);
      if (outcome === undefined) continue;
      waiting.delete(one);
      one.tell(outcome);
    }
  };
  setInterval(look, LOOK_EVERY).unref();

  function outcomeOf({ contact, at }: Waiting): Outcome | undefined {
    if ((portal.numberOf(contact, 'leadgauge_fast_track_at') ?? 0) >= at) return { took: writtenAt(contact, at) - at };
    if (portal.now() < at + PATIENCE) return undefined;
    return portal.textOf(contact, 'leadgauge_disqualified') ? 'ruled out' : 'missed';
  }

  /** When the request came that put the contact in front of sales. */
  function writtenAt({ id }: Contact, since: number): number {
    const writes = requests.all({ kind: 'write', path: /contacts\/batch\/update$/ }).filter(({ at }) => at >= since);
    const write = writes.find(({ body }) => {
      const inputs = updateSchema.safeParse(body).data?.inputs ?? [];
      return inputs.some(
        (input) => input.id === id && Date.parse(String(input.properties.leadgauge_fast_track_at)) >= since,
      );
    });
    if (write === undefined) throw new Error('the portal changed without a request');
    return write.at;
  }

  return {
    request(): Promise<Outcome> {
      asked += 1;
      const known = asked % 2 === 0 ? cast.prospect()?.email : undefined;
      const fields = {
        email: known ?? `asks.${asked}@stranger-${asked}.example`,
        jobtitle: 'Head of Operations',
        company: `Stranger ${asked}`,
      };
      const { contact, submission } = people.submitForm('demo', known === undefined ? fields : { email: known });
      return new Promise((tell) => waiting.add({ contact, at: submission.at, tell }));
    },
  };
}

const updateSchema = z.object({
  inputs: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.unknown()) })),
});
