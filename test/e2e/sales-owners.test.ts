import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { CRMS, type CrmName, type NewPerson, openSalesStory, type SalesStory } from '../support/sales-story.ts';
import { storyConfig, TEAM } from '../support/sales-story-config.ts';
import { MONDAY } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const [DANA, MARCO, AIKO] = TEAM;
const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** France is Marco's; Aiko is away on the first day; all of them take turns. */
const config = () =>
  storyConfig({
    inTurn: TEAM,
    sales: `territories: [{ when: { field: country, is: France }, owners: [${MARCO}] }]
people:
  ${AIKO}: { away: [{ from: ${day(MONDAY)}, to: ${day(MONDAY)} }] }
follow_up: off
`,
  });

const open = (crm: CrmName) => openSalesStory(redis, crm, { config: config() });

/** Adds people who come to be MQLs one after the other. @returns their owners, in this order. */
async function deserve(story: SalesStory, people: Readonly<Record<string, NewPerson>>) {
  const added = Object.entries(people).map(([name, own]) => story.addProspect(name, own));
  await story.sync();
  const owners: (string | undefined)[] = [];
  for (const person of added) {
    story.showsInterest(person);
    await story.pass(HOUR / 4, { step: HOUR / 4 });
    expect(story.stage(person)).toBe('mql');
    const owner = story.owner(person);
    expect(story.tasks(person).map((task) => task.owner)).toEqual([owner]);
    owners.push(owner);
  }
  return owners;
}

describe.each(CRMS)('in %s, who becomes an MQL', (crm) => {
  it('stays with who owns it, else goes to who owns its company, else to its territory, else in turn', async () => {
    const story = await open(crm);
    await story.backfill();
    const owners = await deserve(story, {
      owned: { owner: DANA, country: 'France' },
      french: { country: 'France' },
      french2: { country: 'France' },
      first: {},
      second: {},
      third: {},
    });
    expect(owners).toEqual([DANA, MARCO, MARCO, DANA, MARCO, DANA]);
  });

  it('in turn, goes to nobody who is away, and to them again once they are back', async () => {
    const story = await open(crm);
    await story.backfill();
    expect(await deserve(story, { a: {}, b: {}, c: {} })).toEqual([DANA, MARCO, DANA]);
    await story.pass(DAY);
    expect(await deserve(story, { d: {}, e: {}, f: {} })).toEqual([MARCO, AIKO, DANA]);
  });

  it('is taken from who is away or has left, and goes on in turn after a restart', async () => {
    const story = await open(crm);
    await story.backfill();
    expect(await deserve(story, { a: { owner: AIKO } })).toEqual([DANA]);
    const next = await story.reopen(config());
    await next.pass(DAY);
    expect(await deserve(next, { b: {} })).toEqual([MARCO]);
    const left = next.addProspect('left', { owner: AIKO });
    next.leaves(AIKO);
    await next.pass(HOUR, { step: HOUR });
    expect(await deserve(next, { c: {}, d: {} })).toEqual([DANA, MARCO]);
    await next.becomeMqls(left);
    expect(next.owner(left)).toBe(DANA);
  });

  it('goes to who owns its company', async () => {
    const story = await open(crm);
    await story.backfill();
    // In Salesforce every contact has an owner: it is Aiko, who is away.
    const own = crm === 'Salesforce' ? { owner: AIKO } : {};
    expect(await deserve(story, { ada: { ...own, accountOwner: MARCO } })).toEqual([MARCO]);
  });
});
