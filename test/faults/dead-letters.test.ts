import { describe, expect, it } from 'vitest';
import { openProcessOrg } from '../support/process-org.ts';
import { openProcessPortal } from '../support/process-portal.ts';
import type { RunningProcess } from '../support/run-process.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const LEADS = 30;

interface Bench {
  /** The lead that the CRM refuses. */
  readonly bad: string;
  readonly mend: () => unknown;
  /** Of the others: whether each of them has a score. */
  readonly othersScored: () => boolean;
  readonly world: {
    run(...args: string[]): RunningProcess;
    settled(): Promise<void>;
    expectWhole(): Promise<void>;
  };
}

async function hubspot(): Promise<Bench> {
  const world = await openProcessPortal(redis, { leads: LEADS });
  const { portal, people } = world.sandbox;
  const { id } = people.createContact({ email: 'bad@acme.example', jobtitle: 'CEO', city: 'Nowhere' });
  const when = { property: 'city', value: 'Nowhere' };
  portal.requiredRules = [{ objectType: 'contacts', when, require: ['phone'] }];
  return {
    bad: id,
    mend: () => people.update(id, { phone: '+1 555 0100' }),
    othersScored: () =>
      portal.contacts.all.every(
        (contact) => (portal.numberOf(contact, 'leadgauge_scored_at') !== undefined) !== (contact.id === id),
      ),
    world,
  };
}

async function salesforce(): Promise<Bench> {
  const world = await openProcessOrg(redis, { leads: LEADS });
  const { org, people } = world.sandbox;
  const { id } = people.createLead({ LastName: 'Bad', City: 'Nowhere', Email: 'bad@acme.example' });
  org.validationRules = [{ type: 'Lead', message: 'a secret', refuses: (lead) => lead.get('City') === 'Nowhere' }];
  return {
    bad: id,
    mend: () => people.change(id, { City: 'Munich' }),
    othersScored: () =>
      world.everyone().every((person) => (person.get('Leadgauge_Scored_At__c') !== null) !== (person.id === id)),
    world,
  };
}

describe('a lead that the CRM refuses whenever it is written', { timeout: 240_000 }, () => {
  it.each([
    ['HubSpot', hubspot],
    ['Salesforce', salesforce],
  ])(
    'in %s: the others are scored, it is a dead letter that says why, and "dead-letters retry" brings it in once that is mended',
    async (_, open) => {
      const { world, bad, mend, othersScored } = await open();
      const done = async (...args: string[]) => {
        const ran = world.run(...args);
        return { code: await ran.code, output: ran.output() };
      };
      const letters = async () => JSON.parse((await done('dead-letters', 'list', '--json')).output);

      expect(await done('backfill')).toMatchObject({ code: 1, output: expect.stringContaining('1 leads failed') });
      expect(othersScored()).toBe(true);
      expect(await letters()).toEqual([{ id: bad, at: expect.any(String), reason: expect.any(String) }]);

      // Tried again before it is mended, it is refused again, and holds up nobody.
      const worker = world.run('start', 'worker');
      expect((await done('dead-letters', 'retry')).code).toBe(0);
      await expect.poll(letters, { timeout: 100_000, interval: 500 }).toMatchObject([{ id: bad }]);

      mend();
      expect((await done('dead-letters', 'retry', bad)).code).toBe(0);
      await world.settled();
      worker.child.kill('SIGTERM');
      expect(await worker.code, worker.output()).toBe(0);
      expect(await letters()).toEqual([]);
      await world.expectWhole();
    },
  );
});
