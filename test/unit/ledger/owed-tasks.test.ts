import { expect, test } from 'vitest';
import { type OwedTask, readOwed, saveOwed } from '../../../src/ledger/owed-tasks.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { noteLog } from '../../support/noted-log.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const lead = (id: string, formerIds: readonly string[] = []) => ({ id, formerIds });

const before = (leadId: string, reference: string) => {
  return { leadId, subject: 'Demo request', body: 'Score 80.', dueAt: MONDAY, reference };
};
const task = (leadId: string, reference: string): OwedTask => {
  return { ...before(leadId, reference), ownerId: '55', reason: 'HubSpot refused the task' };
};
/** As a version wrote it that kept no reasons. */
const writeBefore = (leadId: string, ...references: readonly string[]) =>
  write(leadId, JSON.stringify(references.map((reference) => before(leadId, reference))));
const write = (leadId: string, text: string) => space.redis.hset(space.key('owed-tasks'), leadId, text);

test('tasks that an earlier version kept are owed still, with a reason', async () => {
  const log = noteLog();
  await writeBefore('7', 'one', 'two');
  const [owed, none] = await readOwed(space, [lead('7'), lead('8')], log);
  const reason = 'the CRM refused it, and nobody noted why';
  expect(owed).toEqual({ tasks: ['one', 'two'].map((each) => ({ ...before('7', each), reason })), isAsked: false });
  expect(none).toBeUndefined();
  expect(log.lines).toEqual([]);
});

test('so are they together with newer ones of whom a merge leaves', async () => {
  const log = noteLog();
  await writeBefore('7', 'one');
  await saveOwed(space, '9', [task('9', 'two')]);
  const [owed] = await readOwed(space, [lead('9', ['7'])], log);
  expect(owed?.tasks.map(({ leadId, reference }) => [leadId, reference])).toEqual([
    ['9', 'two'],
    ['9', 'one'],
  ]);
  expect(log.lines).toEqual([]);
});

test.each([
  ['no JSON', '{"subject":'],
  ['another shape', '{"subject":"Demo request"}'],
  ['another shape in a list', '[{"subject":"Demo request"}]'],
])('what cannot be read, as it is %s, is left out with a warning that tells nothing of it', async (_, odd) => {
  const log = noteLog();
  await write('7', [odd, JSON.stringify(task('7', 'one'))].join('\n'));
  await write('8', odd);
  const [owed, nothing] = await readOwed(space, [lead('7'), lead('8')], log);
  expect(owed?.tasks).toEqual([task('7', 'one')]);
  expect(nothing?.tasks).toEqual([]);
  const warning = 'warn a task that a lead is owed cannot be read: it is left out';
  expect(log.lines).toEqual([`${warning} {"lead":"7"}`, `${warning} {"lead":"8"}`]);
});
