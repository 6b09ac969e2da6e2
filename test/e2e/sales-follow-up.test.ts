import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { CRMS, type CrmName, openSalesStory, type Person, type SalesStory } from '../support/sales-story.ts';
import { TEAM } from '../support/sales-story-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openToldSales } from '../support/told-sales.ts';

const redis = await startTestRedis();
const [DANA, MARCO, AIKO] = TEAM;

/** Dana works in New York and Aiko in Tokyo; Monday the 23rd is a holiday. */
const salesWith = (escalateTo: string) => `
owner: [existing, round_robin]
hours: { time_zone: UTC, holidays: us }
holidays: { us: [2026-11-23] }
people:
  ${DANA}: { time_zone: America/New_York, manager: ${MARCO} }
  ${MARCO}: { time_zone: UTC, manager: ${DANA} }
  ${AIKO}: { time_zone: Asia/Tokyo, manager: ${DANA} }
follow_up: { escalate_after: 30m, escalate_to: ${escalateTo}, attempts: 4, over: 10d }
notify: { https: on, team: [team@gaugeworks.example] }
`;

const utc = (month: number, day: number, hour: number, minute = 0) => Date.UTC(2026, month - 1, day, hour, minute);
/** 23:50 on Friday in New York. */
const FRIDAY_NIGHT = utc(11, 21, 4, 50);
/** 09:05 on Tuesday there. */
const TUESDAY_MORNING = utc(11, 24, 14, 5);

type RedisIs = 'kept' | 'emptied';

/** A story of which it is told who was told what. Where Redis is emptied, it is so at every turn: a start of the worker follows, or the command. */
async function open(crm: CrmName, redisIs: RedisIs, escalateTo = 'manager', inTurn: readonly string[] = []) {
  const { channels, told } = await openToldSales();
  const story = await openSalesStory(redis, crm, { sales: salesWith(escalateTo), inTurn, channels });
  let turns = 0;
  const turn = async () => {
    if (redisIs === 'kept') return;
    turns += 1;
    if (turns % 2 === 0) return story.losesRedis();
    await redis.flush();
    await story.backfill({ live: true });
    await story.sync();
  };
  return {
    ...story,
    told,
    turn,
    /** Time passes until then, and nothing happens before. */
    async until(at: number) {
      await story.pass(at - story.clock.now(), { step: Number.POSITIVE_INFINITY });
      await turn();
    },
  };
}

/** Somebody whom this one owns asks for a demo at this time. */
async function withDemo(story: Awaited<ReturnType<typeof open>>, owner: string, at: number): Promise<Person> {
  const person = story.addProspect('ada', { owner });
  await story.backfill();
  await story.until(at);
  story.asksForDemo(person);
  await story.sync();
  await story.turn();
  return person;
}

const stand = (story: SalesStory, person: Person) => [
  story.held(person, 'followUp'),
  story.held(person, 'overdue'),
  story.held(person, 'attempts'),
];

const TOUCHES: Readonly<Record<string, (story: SalesStory, person: Person) => void>> = {
  ada: (story, person) => story.call(person),
  bea: (story, person) => story.meets(person),
  cleo: (story, person) => story.write(person, { incoming: true }),
  dora: (story, person) => story.say(person, 'working'),
  eve: (story, person) => story.moveTo(person, 'sql'),
};
const NOBODY: Person = { id: '', email: '' };

const EVERYWHERE = CRMS.flatMap((crm) => [
  { crm, redisIs: 'kept' as const },
  { crm, redisIs: 'emptied' as const },
]);

it.each(EVERYWHERE)(
  'in $crm, with a Redis that is $redisIs, a demo request on Friday night before a holiday is due on Tuesday morning; an owner who never answers is reminded once, and the manager told once',
  async ({ crm, redisIs }) => {
    const story = await open(crm, redisIs);
    const { told, until } = story;
    const ada = await withDemo(story, DANA, FRIDAY_NIGHT);
    const [task, ...more] = story.tasks(ada);
    expect(more).toEqual([]);
    expect(task).toEqual({
      subject: expect.stringContaining('follow up within 5 minutes'),
      owner: DANA,
      dueAt: TUESDAY_MORNING,
    });
    expect(story.held(ada, 'followUpBy')).toBe(TUESDAY_MORNING);

    const holidayMorning = TUESDAY_MORNING - DAY + 10 * MINUTE;
    for (const at of [holidayMorning, TUESDAY_MORNING - 3 * MINUTE]) {
      await until(at);
      expect(told()).toEqual(['routed to dana.whitlock']);
      expect(story.tasks(ada)).toHaveLength(1);
      expect(stand(story, ada)).toEqual(['open', false, 0]);
    }
    await until(TUESDAY_MORNING + MINUTE);
    expect(told().slice(1)).toEqual(['reminder to dana.whitlock']);
    expect(stand(story, ada)).toEqual(['reminded', true, 0]);
    await until(TUESDAY_MORNING + 25 * MINUTE);
    expect(told().slice(2)).toEqual([]);
    await until(TUESDAY_MORNING + 40 * MINUTE);
    expect(told().slice(2)).toEqual(['escalation to marco.ferri']);
    expect(stand(story, ada)).toEqual(['escalated', true, 0]);
    expect(story.tasks(ada).slice(1)).toEqual([
      { subject: expect.stringContaining('Nobody followed up'), owner: MARCO, dueAt: expect.any(Number) },
    ]);

    for (const week of [1, 5]) {
      story.visit(ada, '/pricing');
      await until(TUESDAY_MORNING + week * 7 * DAY);
    }
    expect(told()).toHaveLength(3);
    expect(story.tasks(ada)).toHaveLength(2);
    expect(stand(story, ada)).toEqual(['escalated', true, 0]);
    expect(story.owner(ada)).toBe(DANA);
  },
);

describe.each(CRMS)('in %s', (crm) => {
  it('of an owner who never answers, the lead is passed on to the next one once, where config says so', async () => {
    const story = await open(crm, 'kept', 'reassign', [MARCO, AIKO]);
    const { told, until } = story;
    const ada = await withDemo(story, MARCO, utc(11, 17, 10));
    await until(utc(11, 17, 10, 7));
    expect(told().slice(1)).toEqual(['reminder to marco.ferri']);
    expect(story.owner(ada)).toBe(MARCO);
    await until(utc(11, 17, 10, 45));
    expect(story.owner(ada)).toBe(AIKO);
    await until(utc(12, 15, 12));
    expect(told().slice(2)).toEqual(['escalation to aiko.mori']);
    expect(story.tasks(ada).map(({ owner }) => owner)).toEqual([MARCO, AIKO]);
    expect(story.owner(ada)).toBe(AIKO);
  });

  it('and an address in config is told once, who need not be a user of the CRM', async () => {
    const story = await open(crm, 'kept', 'boss@elsewhere.example');
    const ada = await withDemo(story, MARCO, utc(11, 17, 10));
    await story.until(utc(11, 17, 10, 7));
    await story.until(utc(11, 18, 12));
    expect(story.told().slice(1)).toEqual(['reminder to marco.ferri', 'escalation to boss']);
    expect(story.tasks(ada)).toHaveLength(1);
  });

  it('a first try that reaches nobody is not the end: each further one is due at its time and reminded of once, and the fourth closes it', async () => {
    const story = await open(crm, 'kept');
    const { told, until } = story;
    const ada = await withDemo(story, MARCO, utc(11, 17, 10));
    story.call(ada, { reached: false });
    await story.sync();
    await story.turn();
    const firstAt = Number(story.held(ada, 'firstTouchedAt'));
    expect(firstAt - utc(11, 17, 10)).toBeLessThan(5 * MINUTE);
    expect(stand(story, ada)).toEqual(['tried', false, 1]);

    // Each has 20 hours of work: two days and a half.
    await until(utc(11, 19, 13, 55));
    expect(told()).toEqual(['routed to marco.ferri']);
    await until(utc(11, 19, 14, 10));
    expect(told().slice(1)).toEqual(['reminder to marco.ferri']);
    expect(stand(story, ada)).toEqual(['tried', true, 1]);
    await until(utc(11, 20, 9, 30));
    story.call(ada, { reached: false });
    await until(utc(11, 20, 10));
    expect(stand(story, ada)).toEqual(['tried', false, 2]);

    // That was late, and the next one keeps its distance from it; the holiday lies between.
    await until(utc(11, 25, 13, 25));
    expect(told().slice(2)).toEqual([]);
    await until(utc(11, 25, 13, 40));
    expect(told().slice(2)).toEqual(['reminder to marco.ferri']);
    story.write(ada);
    await until(utc(11, 25, 14));
    expect(stand(story, ada)).toEqual(['tried', false, 3]);

    await until(utc(11, 30, 9, 30));
    expect(told().slice(3)).toEqual([]);
    await until(utc(11, 30, 9, 55));
    expect(told().slice(3)).toEqual(['reminder to marco.ferri']);
    story.call(ada, { reached: false });
    await until(utc(11, 30, 10, 30));
    expect(stand(story, ada)).toEqual(['closed', false, 4]);
    await until(utc(12, 27, 12));
    expect(told()).toHaveLength(4);
    expect(story.tasks(ada)).toHaveLength(1);
    expect(story.held(ada, 'firstTouchedAt')).toBe(firstAt);
  });

  it('who is tried once and never again is reminded of once, closed after ten working days, and reached by a call after that', async () => {
    const story = await open(crm, 'kept');
    const { told, until } = story;
    const ada = await withDemo(story, MARCO, utc(11, 17, 10));
    story.call(ada, { reached: false });
    await until(utc(11, 19, 14, 10));
    await until(utc(12, 2, 9, 50));
    expect(stand(story, ada)).toEqual(['tried', true, 1]);
    await until(utc(12, 2, 10, 10));
    expect(stand(story, ada)).toEqual(['closed', false, 1]);
    await until(utc(12, 9, 10));
    story.call(ada);
    await until(utc(12, 9, 11));
    expect(stand(story, ada)).toEqual(['reached', false, 2]);
    expect(told()).toEqual(['routed to marco.ferri', 'reminder to marco.ferri']);
  });

  it('MQLs are reached by a call, a meeting, an e-mail from them, a status or a stage, and nobody is reminded', async () => {
    const story = await open(crm, 'kept');
    const people = Object.keys(TOUCHES).map((name) => story.addProspect(name, { owner: MARCO }));
    await story.backfill();
    await story.until(utc(11, 17, 10));
    for (const person of people) story.showsInterest(person);
    await story.sync();
    await story.until(utc(11, 17, 11));
    for (const person of people) expect(stand(story, person)).toEqual(['open', false, 0]);
    for (const [index, touch] of Object.values(TOUCHES).entries()) touch(story, people[index] ?? NOBODY);
    for (const at of [utc(11, 17, 11, 30), utc(12, 8, 12)]) {
      await story.until(at);
      for (const person of people) expect(stand(story, person).slice(0, 2)).toEqual(['reached', false]);
    }
    expect(story.told()).toEqual(people.map(() => 'routed to marco.ferri'));
    expect(people.map((person) => story.tasks(person).length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('a lead that another owner takes over is theirs to answer for: in their hours, and before their manager', async () => {
    const story = await open(crm, 'kept');
    const { told, until } = story;
    const ada = await withDemo(story, DANA, FRIDAY_NIGHT);
    story.assign(ada, AIKO);
    await until(TUESDAY_MORNING + 3 * HOUR);
    // It is night in Tokyo.
    expect(told()).toEqual(['routed to dana.whitlock']);
    expect(stand(story, ada)).toEqual(['open', true, 0]);
    expect(story.held(ada, 'followUpBy')).toBe(TUESDAY_MORNING);
    await until(utc(11, 25, 0, 2));
    expect(told().slice(1)).toEqual(['reminder to aiko.mori']);
    await until(utc(11, 25, 0, 45));
    expect(told().slice(2)).toEqual(['escalation to dana.whitlock']);
    expect(story.tasks(ada).map(({ owner }) => owner)).toEqual([DANA, DANA]);
    expect(story.owner(ada)).toBe(AIKO);
  });
});
