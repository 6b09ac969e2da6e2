import { it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { openSalesStory } from '../support/sales-story.ts';
import { startTestRedis } from '../support/test-redis.ts';
const redis = await startTestRedis();
it('four', async () => {
  const story = await openSalesStory(redis, 'Salesforce');
  const people = ['working', 'moved-on', 'called', 'forgotten'].map((name) => story.addProspect(name));
  await story.clock.advance(MINUTE);
  await story.backfill();
  await story.pass(HOUR, { step: HOUR });
  for (const p of people) story.showsInterest(p);
  await story.pass(HOUR, { step: HOUR });
  for (const p of people) console.log(p.email, story.stage(p), JSON.stringify(story.outputs(p)));
}, 60_000);
it('flush', async () => {
  const story = await openSalesStory(redis, 'Salesforce');
  const people = ['ada', 'bea', 'cleo', 'dora', 'eve'].map((name) =>
      story.addProspect(name, name === 'ada' ? { stage: 'subscriber' } : {}),
    );
  const [ada, bea, cleo, dora, eve] = people as any;
  await story.clock.advance(MINUTE);
  await story.backfill();
  await story.pass(HOUR, { step: HOUR });
  for (const p of [bea, cleo]) story.showsInterest(p);
  await story.pass(HOUR, { step: HOUR });
  story.asksForDemo(dora);
  story.say(cleo, 'not-now');
  story.submit('ebook', eve);
  await story.pass(HOUR, { step: HOUR });
  const before = people.map((p) => story.outputs(p));
  await redis.flush();
  console.log(await story.backfill());
  await story.sync();
  await story.pass(HOUR, { step: HOUR });
  people.forEach((p, i) => { const after = story.outputs(p); for (const k of Object.keys({...before[i], ...after})) if ((before[i] as any)[k] !== (after as any)[k]) console.log(p.email, k, (before[i] as any)[k], (after as any)[k]); });
}, 60_000);
