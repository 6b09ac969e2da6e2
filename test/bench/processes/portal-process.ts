import { z } from 'zod';
import { HOUR } from '../../../src/base/clock.ts';
import { createPortal, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { followRequests } from './demo-requests.ts';
import { createMovableClock } from './movable-clock.ts';
import { answerBy } from './talk.ts';

/** A HubSpot portal in a process of its own, so that its memory and its CPU time are not those of what is measured. */
const options = z
  .object({
    leads: z.number(),
    webhooks: z.object({ url: z.string(), secret: z.string() }).optional(),
    keepWrites: z.boolean(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const limitsSchema = z.object({ burst: z.number(), interval: z.number(), search: z.number() });

/** How late search learns of changes, in milliseconds, as HubSpot's does. */
const INDEX_DELAY = 2_000;

const clock = createMovableClock();
const portal = createPortal({ leads: options.leads, clock });
const sandbox = await startSandbox({
  portal,
  clock,
  indexDelay: INDEX_DELAY,
  webhooks: options.webhooks,
  record: options.keepWrites ? { keep: 400, bodies: 'writes' } : { keep: Number.MAX_SAFE_INTEGER, bodies: 'none' },
});
const demoRequests = followRequests(sandbox);

answerBy(
  {
    url: () => sandbox.url,
    limits: (given) => {
      const { burst, interval, search } = limitsSchema.parse(given);
      sandbox.limits.limits = { ...sandbox.limits.limits, burst, burstInterval: interval, search };
    },
    clear: () => sandbox.requests.clear(),
    calls: () => sandbox.requests.all().map(({ at, kind, template, status }) => ({ at, kind, template, status })),
    counts: () => ({
      activity: sandbox.requests.count({ kind: 'activity' }),
      listed: sandbox.requests.count({ method: 'GET', path: /\/contacts$/ }),
      updated: sandbox.requests.count({ path: /\/contacts\/batch\/update$/ }),
      rateLimited: sandbox.requests.count({ status: 429 }),
    }),
    /** What there is to be fetched of what people did since then. */
    did: (given) => {
      const { since } = z.object({ since: z.number() }).parse(given);
      const submissions = portal.forms.all().map(({ guid, name }) => ({
        form: name,
        count: portal.forms.submissions(guid).filter(({ at }) => at >= since).length,
      }));
      return { pageViews: countViews(since), submissions };
    },
    /** Sales edits so many contacts, spread over the whole portal. */
    change: (given) => {
      const { count, title } = z.object({ count: z.number(), title: z.string() }).parse(given);
      const contacts = portal.contacts.all;
      for (let place = 0; place < count; place += 1) {
        const contact = contacts[Math.floor((place * contacts.length) / count)];
        if (contact !== undefined) sandbox.people.update(contact.id, { jobtitle: title });
      }
    },
    advance: (given) => clock.move(z.object({ ms: z.number() }).parse(given).ms),
    webhooks: (given) => {
      const { mode } = z.object({ mode: z.enum(['send', 'drop']) }).parse(given);
      if (sandbox.webhooks !== undefined) sandbox.webhooks.mode = mode;
    },
    /** From now on nobody is answered for an hour. */
    stall: () => void sandbox.faults.add({ path: '/', delayMs: HOUR }),
    requestDemo: () => demoRequests.request(),
  },
  () => sandbox.close(),
);

function countViews(since: number): number {
  let count = 0;
  for (;;) {
    const views = portal.views.between(since, clock.now(), count, 10_000, false);
    if (views.length === 0) return count;
    count += views.length;
  }
}
