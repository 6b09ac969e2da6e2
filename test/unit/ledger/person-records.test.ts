import { describe, expect, test } from 'vitest';
import type { Activity } from '../../../src/leads/activity.ts';
import {
  hideRecord,
  leavePeople,
  meetPeople,
  notePeople,
  type PersonRecord,
  readPeople,
  stampOf,
} from '../../../src/ledger/person-records.ts';
import { createSpace, type Space } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
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

async function note(space: Space, hash: string, record: PersonRecord, stamp: string): Promise<void> {
  await meetPeople(space, [{ hash, record }]);
  await notePeople(space, [{ hash, record, stamp }]);
}

describe('the records of a person', () => {
  test('are told of by whoever asks, from whichever CRM', async () => {
    await note(spaceOf('hubspot'), 'ada', contact, 'one');
    await note(spaceOf('salesforce'), 'ada', lead, 'two');
    const [ada, nobody] = await readPeople(spaceOf('salesforce'), ['ada', 'nobody']);
    expect(ada?.stamp).toBe('two');
    expect(ada?.records).toHaveLength(2);
    expect(ada?.records).toEqual(expect.arrayContaining([contact, lead]));
    expect(nobody).toEqual({ records: [], stamp: undefined });
  });

  test('are forgotten one by one, and what is noted again replaces what was noted', async () => {
    const space = spaceOf('hubspot');
    await note(space, 'bo', contact, '');
    await note(space, 'bo', { ...contact, counters: [] }, '');
    expect((await readPeople(space, ['bo']))[0]?.records).toEqual([{ ...contact, counters: [] }]);
    await leavePeople(space, ['bo'], { connection: 'salesforce', id: '7' });
    expect((await readPeople(space, ['bo']))[0]?.records).toHaveLength(1);
    await leavePeople(space, ['bo'], contact);
    expect((await readPeople(space, ['bo']))[0]?.records).toEqual([]);
  });

  test('are found before anybody is told of them, and keep what was told until there is more to tell', async () => {
    const space = spaceOf('hubspot');
    await meetPeople(space, [{ hash: 'cy', record: contact }]);
    expect((await readPeople(space, ['cy']))[0]?.records).toEqual([{ ...contact, stamp: '' }]);
    await notePeople(space, [{ hash: 'cy', record: contact, stamp: '' }]);
    await meetPeople(space, [{ hash: 'cy', record: { ...contact, counters: [] } }]);
    expect((await readPeople(space, ['cy']))[0]?.records).toEqual([{ ...contact, counters: [] }]);
  });

  test('are found by nobody once hidden, though it is known that they were there until they left', async () => {
    const space = spaceOf('hubspot');
    await note(space, 'di', contact, '');
    expect(await hideRecord(space, ['di', 'nobody'], contact)).toEqual(['di']);
    expect((await readPeople(space, ['di']))[0]?.records).toEqual([]);
    // As a process does that takes up the work of one that ended in between.
    expect(await hideRecord(space, ['di'], contact)).toEqual(['di']);
    await leavePeople(space, ['di'], contact);
    expect(await hideRecord(space, ['di'], contact)).toEqual([]);
  });

  test('leave nothing behind once the last of them has left, in whatever order that was', async () => {
    const space = spaceOf('hubspot');
    for (const record of [contact, lead]) await note(space, 'fay', record, 'one');
    await hideRecord(space, ['fay'], lead);
    await leavePeople(space, ['fay'], contact);
    // That this one was there is still known.
    expect(await hideRecord(space, ['fay'], lead)).toEqual(['fay']);
    expect((await readPeople(space, ['fay']))[0]?.stamp).toBe('one');
    await leavePeople(space, ['fay', 'nobody'], lead);
    expect(await keysLike(space.redis, '*')).toEqual([]);
  });

  test('are kept however long the person is quiet, who may come back in another CRM', async () => {
    const space = spaceOf('hubspot');
    await note(space, 'ed', contact, '');
    expect(await space.redis.pttl(space.personRecordsKey('ed'))).toBe(-1);
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
