import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { leavePeople, notePerson, type PersonRecord, readPeople, stampOf } from '../../../src/ledger/person-records.ts';
import { createSpace, type Space } from '../../../src/ledger/space.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const KEEP = 400 * DAY;
const spaceOf = (name: string): Space => createSpace(redis.client(), 'test', name);

const opened: Activity = { type: 'email-open', id: 'opens', at: 1_000, count: 7 };
const contact: PersonRecord = {
  connection: 'hubspot',
  id: '7',
  formerIds: ['5', '6'],
  counters: [opened],
  stamp: stampOf([opened]),
};
const lead: PersonRecord = { connection: 'salesforce', id: '00Q0001', formerIds: [], counters: [], stamp: '' };

describe('the records of a person', () => {
  test('are told of by whoever asks, from whichever CRM', async () => {
    await notePerson(spaceOf('hubspot'), [{ hash: 'ada', record: contact, stamp: 'one' }], KEEP);
    await notePerson(spaceOf('salesforce'), [{ hash: 'ada', record: lead, stamp: 'two' }], KEEP);
    const [ada, nobody] = await readPeople(spaceOf('salesforce'), ['ada', 'nobody']);
    expect(ada?.stamp).toBe('two');
    expect(ada?.records).toHaveLength(2);
    expect(ada?.records).toEqual(expect.arrayContaining([contact, lead]));
    expect(nobody).toEqual({ records: [], stamp: undefined });
  });

  test('are forgotten one by one, and what is noted again replaces what was noted', async () => {
    const space = spaceOf('hubspot');
    await notePerson(space, [{ hash: 'bo', record: contact, stamp: '' }], KEEP);
    await notePerson(space, [{ hash: 'bo', record: { ...contact, counters: [] }, stamp: '' }], KEEP);
    expect((await readPeople(space, ['bo']))[0]?.records).toEqual([{ ...contact, counters: [] }]);
    await leavePeople(space, ['bo'], { connection: 'salesforce', id: '7' });
    expect((await readPeople(space, ['bo']))[0]?.records).toHaveLength(1);
    await leavePeople(space, ['bo'], contact);
    expect((await readPeople(space, ['bo']))[0]?.records).toEqual([]);
  });

  test('are not kept for ever, unless the models ask for that', async () => {
    const space = spaceOf('hubspot');
    await notePerson(space, [{ hash: 'cy', record: contact, stamp: '' }], DAY);
    const key = space.personRecordsKey('cy');
    expect(await space.redis.pttl(key)).toBeGreaterThan(DAY - 60_000);
    await notePerson(space, [{ hash: 'cy', record: contact, stamp: '' }], Number.POSITIVE_INFINITY);
    expect(await space.redis.pttl(key)).toBe(-1);
  });
});

describe('a stamp', () => {
  const clicked: Activity = { type: 'email-click', id: '9', at: 2_000 };

  test('is the same for the same activities, in whatever order, and none for none', () => {
    expect(stampOf([opened, clicked])).toBe(stampOf([clicked, opened]));
    expect(stampOf([])).toBe('');
  });

  test('is another once one came, went, or counts otherwise', () => {
    const all = [[opened], [opened, clicked], [{ ...opened, count: 8 }], [{ ...opened, at: 1_001 }]].map(stampOf);
    expect(new Set(all).size).toBe(all.length);
  });
});
