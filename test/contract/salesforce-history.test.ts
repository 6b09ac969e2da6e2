import { expect, test } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import type { LeadRecord, RelatedVersion } from '../../src/crm/crm.ts';
import { FIELDS, type SalesforceWorld, salesforceWorld } from '../support/salesforce-world.ts';

/** The same numbers for the same seed, from 0 (inclusive) to 1 (exclusive). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** What somebody knows of an org who reads nothing but what they are told of, as the polls do. */
function follower({ crm, clock }: SalesforceWorld) {
  const known = new Map<string, LeadRecord>();
  let cursor = 0;

  async function read(ids: readonly string[]): Promise<void> {
    const records = await crm.readLeads(ids);
    for (const id of ids) known.delete(id);
    for (const record of records) known.set(record.lead.id, record);
  }

  return {
    known,
    async poll(): Promise<void> {
      const now = clock.now();
      const window = { from: cursor - crm.changes.overlap, to: now - crm.changes.lag };
      for await (const changed of crm.changedLeads(window)) {
        const news = changed.filter(({ id, changedAt, fingerprint }) => {
          const before = known.get(id);
          return before?.changedAt !== changedAt || before.fingerprint !== fingerprint;
        });
        await read([...new Set(news.map(({ id }) => id))]);
      }
      for (const source of crm.related) {
        for await (const changed of source.changed(window)) {
          const versions = new Set(changed.map(({ id, version }) => `${id} ${version}`));
          const isKnown = ({ id, version }: RelatedVersion) => versions.has(`${id} ${version}`);
          for await (const ids of source.leadsOf(changed.map(({ id }) => id)))
            await read(ids.filter((id) => known.get(id)?.related?.every(isKnown) !== true));
        }
      }
      cursor = window.to;
    },
  };
}

async function everyone({ crm }: SalesforceWorld): Promise<Map<string, LeadRecord>> {
  const found = new Map<string, LeadRecord>();
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const page = await crm.listLeads(next);
    for (const record of page.records) found.set(record.lead.id, record);
    next = page.next;
  }
  return found;
}

test.each([1, 2, 3, 4])(
  'whatever happens to people, who follows the changes knows what a new listing says (history %i)',
  async (seed) => {
    const world = await salesforceWorld({ config: { fields: FIELDS, lifecycle: {} } });
    const { people, org } = world.sandbox;
    const random = numbers(seed);
    const one = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    const live = (type: string) => org.type(type).live();
    const leads = () => live('Lead').filter((each) => !each.flag('IsConverted'));
    const email = () => `person-${Math.floor(random() * 40)}@acme.example`;
    const stage = () => one(['Lead', 'MQL', 'SQL', 'Customer']);

    const acts: readonly (() => void)[] = [
      () => people.createLead({ Email: email() }),
      () => people.createLead({ Email: email(), Title: 'CEO' }),
      () => people.createLead({}),
      () => people.createContact({ Email: email(), AccountId: one(live('Account'))?.id }),
      () => people.createContact({ Email: email() }),
      () => people.createAccount({ Name: 'Acme', NumberOfEmployees: Math.floor(random() * 500) }),
      () => change(one(leads()), { Title: one(['CTO', 'CFO', null]), Email: email() }),
      () => change(one(leads()), { Leadgauge_Stage__c: stage() }),
      () => change(one(live('Contact')), { Email: email() }),
      () => change(one(live('Contact')), { AccountId: one(live('Account'))?.id ?? null }),
      () => change(one(live('Account')), { NumberOfEmployees: Math.floor(random() * 500) }),
      () => convert(),
      () => merge(leads()),
      () => merge(live('Contact')),
      () => merge(live('Account')),
      () => remove(one([...leads(), ...live('Contact')])),
      () => restore(),
    ];
    function change(record: { readonly id: string } | undefined, values: Readonly<Record<string, unknown>>): void {
      if (record !== undefined) people.change(record.id, values);
    }
    function convert(): void {
      const lead = one(leads());
      const contacts = live('Contact').filter((each) => org.find(each.text('AccountId') ?? '') !== undefined);
      if (lead !== undefined) people.convert(lead.id, random() < 0.5 ? { contactId: one(contacts)?.id } : {});
    }
    function merge(records: readonly { readonly id: string }[]): void {
      const [master, other] = [one(records), one(records)];
      if (master !== undefined && other !== undefined && master !== other) people.merge(master.id, other.id);
    }
    function remove(record: { readonly id: string } | undefined): void {
      if (record !== undefined) people.remove(record.id);
    }
    function restore(): void {
      const binned = [...org.type('Lead').all, ...org.type('Contact').all].filter((each) => each.isDeleted);
      const record = one(binned.filter((each) => each.get('MasterRecordId') === null));
      if (record !== undefined) people.restore(record.id);
    }

    try {
      const { known, poll } = follower(world);
      for (let step = 0; step < 400; step += 1) {
        one(acts)?.();
        if (random() < 0.5) await world.clock.advance(Math.floor(random() * 20 * SECOND));
        if (random() < 0.1) await poll();
      }
      await world.clock.advance(world.crm.changes.lag + SECOND);
      await poll();
      const all = await everyone(world);
      expect(all.size).toBeGreaterThan(20);
      expect(new Map([...known].sort())).toEqual(new Map([...all].sort()));
    } finally {
      await world.close();
    }
  },
);
