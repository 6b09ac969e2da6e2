import { expect, it } from 'vitest';
import type { CallOptions } from '../../src/crm/crm.ts';
import { claim, release } from '../../src/ledger/dirty.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

it('a demo request that the ordinary scoring comes upon goes before sales out of the reserve, as by the hot poll', async () => {
  const world = await openTestWorld(redis, { leads: 3 });
  await world.backfill();
  const { connection, clock } = world;
  const { contact } = world.sandbox.people.submitForm('demo', { email: 'ada@acme-ada.example', jobtitle: 'CEO' });
  // The hot poll finds it in the hands of another worker, who gives it back.
  const taken = await claim(connection.space, [contact.id], clock.now());
  await world.hotPoll();
  await release(connection.space, taken, clock.now());

  const urgent: Record<string, boolean | undefined> = {};
  const note = (call: string, options?: CallOptions) => {
    urgent[call] = options?.urgent;
  };
  const { crm } = connection;
  const watched: typeof crm = {
    ...crm,
    readLeads: (ids, options) => {
      note('read', options);
      return crm.readLeads(ids, options);
    },
    createTask: (task, options) => {
      note('task', options);
      return crm.createTask(task, options);
    },
    writeLeads: (changes, options) => {
      note('write', options);
      return crm.writeLeads(changes, options);
    },
  };
  await scoreDirty({ ...connection, crm: watched });
  expect(world.sandbox.portal.tasks.ofContact(contact)).toHaveLength(1);
  expect(urgent).toEqual({ read: undefined, task: true, write: true });
});
