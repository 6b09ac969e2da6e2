import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../src/base/clock.ts';
import type { Crm, PastRecord } from '../../src/crm/crm.ts';
import { leadAt } from '../../src/leads/lead-at.ts';
import type { CrmWorld } from './crm-contract.ts';

/** What looking back relies on in any CRM: leads as they were. */
export function crmPastContract(name: string, createWorld: () => Promise<CrmWorld>): void {
  describe(`${name} keeps the contract about the past`, () => {
    let world: CrmWorld;
    beforeEach(async () => {
      world = await createWorld();
    });
    afterEach(() => world.close());

    async function ready(): Promise<Crm> {
      await world.crm.applySetup(await world.crm.planSetup());
      await world.crm.connect();
      return world.crm;
    }
    async function past(): Promise<PastRecord[]> {
      const records: PastRecord[] = [];
      for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
        const page = await world.crm.listPast(next);
        records.push(...page.records);
        next = page.next;
      }
      return records;
    }

    test('is told of every lead once, in the order of the list, as it is now', async () => {
      const crm = await ready();
      const ids = Array.from({ length: 130 }, (_, index) => world.addLead({ email: `lead-${index}@acme.example` }));
      const records = await past();
      expect(records.map(({ lead }) => lead.id)).toEqual(ids);
      const now = await crm.readLeads(ids);
      for (const { lead } of records) expect(now.find((one) => one.lead.id === lead.id)?.lead).toEqual(lead);
    });

    test('has what a field held at any time, and nothing where it was empty', async () => {
      await ready();
      const made = world.clock.now();
      const ada = world.addLead({ email: 'ada@acme.example', job_title: 'Analyst' });
      const bob = world.addLead({ email: 'bob@acme.example' });
      await world.clock.advance(DAY);
      const changed = world.clock.now();
      world.changeLead(ada, { job_title: 'CTO' });
      world.changeLead(bob, { job_title: 'CEO' });
      await world.clock.advance(DAY);
      world.changeLead(ada, { job_title: '' });
      const records = await past();
      const titleOf = (id: string, at: number) => {
        const record = records.find(({ lead }) => lead.id === id);
        return record && leadAt(record.lead, record.past, at).fields.job_title;
      };
      const times = [made + SECOND, changed - SECOND, changed + SECOND, world.clock.now() + SECOND];
      expect(times.map((at) => titleOf(ada, at))).toEqual(['Analyst', 'Analyst', 'CTO', undefined]);
      expect(times.map((at) => titleOf(bob, at))).toEqual([undefined, undefined, 'CEO', 'CEO']);
    });

    test('is known of the fields that the CRM names; of the others it says why not, and that is no problem', async () => {
      const crm = await ready();
      world.addLead({ email: 'ada@acme.example', job_title: 'Analyst' });
      const { known, findings } = await crm.pastFields();
      expect(known).toContain('job_title');
      for (const { past: values } of await past())
        expect(Object.keys(values)).toEqual(expect.arrayContaining([...known]));
      expect(findings.every(({ level }) => level === 'warning')).toBe(true);
    });

    test('of nobody is empty', async () => {
      await ready();
      expect(await world.crm.listPast(undefined)).toEqual({ records: [], next: undefined });
    });
  });
}
