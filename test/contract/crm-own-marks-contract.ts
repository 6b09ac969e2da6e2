import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../../src/base/clock.ts';
import type { LeadRecord, OutputChange } from '../../src/crm/crm.ts';
import type { CrmWorld } from './crm-contract.ts';

/** The part of the contract for a config that leaves stages alone (`lifecycle: off`) and names no status of sales. */
export function crmOwnMarksContract(name: string, createWorld: () => Promise<CrmWorld>): void {
  describe(`${name} keeps the CRM contract where stages are left alone`, () => {
    let world: CrmWorld;
    beforeEach(async () => {
      world = await createWorld();
      await world.crm.applySetup(await world.crm.planSetup());
      await world.crm.connect();
    });
    afterEach(() => world.close());

    async function lead(id: string): Promise<LeadRecord> {
      const [record] = await world.crm.readLeads([id]);
      if (record === undefined) throw new Error('the lead is not there');
      return record;
    }
    const write = (id: string, outputs: OutputChange, how: 'promote' | 'demote') =>
      world.crm.writeLeads([{ id, outputs: { [world.models[0]]: outputs }, [how]: true }]);

    test('who was passed on is an MQL, and is none once given back, until passed on again', async () => {
      const id = world.addLead({ email: 'ada@acme.example' });
      const now = world.clock.now();
      expect((await lead(id)).stage).toBe('before-mql');
      const outcomes = await write(id, { mqlAt: now }, 'promote');
      expect((await lead(id)).stage).toBe('mql');
      outcomes.push(...(await write(id, { recycledAt: now + DAY }, 'demote')));
      expect((await lead(id)).stage).toBe('before-mql');
      outcomes.push(...(await write(id, { mqlAt: now + 2 * DAY }, 'promote')));
      expect((await lead(id)).stage).toBe('mql');
      // Nothing was kept where it is: there is no stage to be moved.
      for (const outcome of outcomes) {
        expect(outcome.status).toBe('written');
        expect(outcome).not.toMatchObject({ moved: false });
      }
    });

    test('a listing says the same', async () => {
      const id = world.addLead({ email: 'ada@acme.example' });
      const now = world.clock.now();
      await write(id, { mqlAt: now, recycledAt: now + DAY }, 'demote');
      const { records } = await world.crm.listLeads(undefined);
      expect(records.map(({ stage }) => stage)).toEqual(['before-mql']);
    });

    test('nothing is heard of sales', () => {
      expect(world.crm.hearsSales).toBe(false);
    });
  });
}
