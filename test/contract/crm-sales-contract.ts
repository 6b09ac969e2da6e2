import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import type { Crm, LeadRecord, Observation, SalesWord } from '../../src/crm/crm.ts';
import type { CrmWorld } from './crm-contract.ts';

/** What sales are and do in the CRM of a world, which asks for who owns accounts and for the types of activity of a follow-up. */
export interface SalesWorld {
  /** A nurture rule for which config names a list or a campaign, and one for which it names none. */
  readonly nurture: string;
  readonly plainNurture: string;
  /** The ids of those who are in the list or campaign, in any order. */
  enrolled(): readonly string[];
  /** Somebody joins sales, and says in which time zone they work. Returns the owner's id. */
  addOwner(email: string, timeZone: string): string;
  /** They leave. */
  removeOwner(id: string): void;
  /** Makes this person the owner of an account. */
  ownAccount(accountId: string, ownerId: string): void;
  /** Puts a new lead into a stage before that of a lead. */
  subscribe(id: string): void;
  /** Sales set the status that config reads to a value that says this, or to one that says none of these. */
  say(id: string, word: SalesWord | undefined): void;
  /** Sales call a lead now, and speak to them or reach nobody. */
  call(id: string, reached: boolean): void;
  /** Sales write to a lead now, or the lead to them. */
  write(id: string, direction: 'out' | 'in'): void;
}

/** The part of the contract that is about sales: stages, who owns what, how they stand with a lead and what they do about it. */
export function crmSalesContract(
  name: string,
  createWorld: () => Promise<CrmWorld>,
  { accounts }: { readonly accounts: boolean },
): void {
  describe(`${name} keeps the CRM contract on sales`, () => {
    let world: CrmWorld;
    let crm: Crm;
    beforeEach(async () => {
      world = await createWorld();
      crm = world.crm;
      await crm.applySetup(await crm.planSetup());
      await crm.connect();
    });
    afterEach(() => world.close());

    async function lead(id: string): Promise<LeadRecord> {
      const [record] = await crm.readLeads([id]);
      if (record === undefined) throw new Error('the lead is not there');
      return record;
    }
    const anybody = () => world.addLead({ email: 'ada@acme.example' });
    const move = (id: string, how: 'promote' | 'demote' | 'toLead') =>
      crm.writeLeads([{ id, outputs: {}, [how]: true }]);

    describe('the stage of a lead', () => {
      test('is reached from one before it, and that is said', async () => {
        const id = anybody();
        world.subscribe(id);
        expect(await lead(id)).toMatchObject({ stage: 'before-mql', isBeforeLead: true });
        expect(await move(id, 'toLead')).toMatchObject([{ status: 'written', moved: true }]);
        expect(await lead(id)).toMatchObject({ stage: 'before-mql', isBeforeLead: false });
      });

      test('is no way back for somebody who is further by now, and that is said too', async () => {
        const [mql, sold] = [anybody(), world.addLead({ email: 'bob@acme.example' })];
        await move(mql, 'promote');
        world.sellTo(sold);
        const changes = [mql, sold].map((id) => ({ id, outputs: {}, toLead: true }));
        expect((await crm.writeLeads(changes)).map((outcome) => 'moved' in outcome && outcome.moved)).toEqual([
          false,
          false,
        ]);
        expect((await lead(mql)).stage).toBe('mql');
        expect((await lead(sold)).stage).toBe('beyond-mql');
      });
    });

    describe('giving a lead back', () => {
      test('moves it to the stage before MQL with what is written beside, and leaves what sales said', async () => {
        const id = anybody();
        await move(id, 'promote');
        world.say(id, 'not-now');
        const [model] = world.models;
        const recycledAt = world.clock.now();
        const outputs = { [model]: { recycledAt, stageReason: 'Recycled: sales say not now' } };
        expect(await crm.writeLeads([{ id, outputs, demote: true }])).toMatchObject([
          { status: 'written', moved: true },
        ]);
        expect(await lead(id)).toMatchObject({ stage: 'before-mql', salesSay: 'not-now', outputs });
        expect(await move(id, 'promote')).toMatchObject([{ moved: true }]);
      });

      test('leaves whoever bought meanwhile alone, and says so', async () => {
        const id = anybody();
        world.sellTo(id);
        expect(await move(id, 'demote')).toMatchObject([{ status: 'written', moved: false }]);
        expect((await lead(id)).stage).toBe('beyond-mql');
      });
    });

    test('what sales say is read with the lead, makes it another one and is found as a change', async () => {
      const id = anybody();
      const seen = [await lead(id)];
      expect(seen[0]).not.toHaveProperty('salesSay');
      await world.clock.advance(MINUTE);
      const from = world.clock.now();
      for (const word of ['working', 'not-now', 'rejected'] as const) {
        world.say(id, word);
        const record = await lead(id);
        expect(record.salesSay).toBe(word);
        seen.push(record);
      }
      expect(new Set(seen.map(({ fingerprint }) => fingerprint)).size).toBe(4);
      await world.clock.advance(crm.changes.lag + MINUTE);
      const changed = (await Array.fromAsync(crm.changedLeads({ from, to: from + MINUTE }))).flat();
      expect(changed.map((each) => [each.id, each.fingerprint])).toEqual([[id, seen.at(-1)?.fingerprint]]);
      world.say(id, undefined);
      expect(await lead(id)).not.toHaveProperty('salesSay');
    });

    test('it is said that sales are heard where config names a status', () => {
      expect(crm.hearsSales).toBe(true);
    });

    test('owners are all there, with address and time zone; who left is no longer active', async () => {
      const ann = world.addOwner('Ann@Sales.example', 'Europe/Berlin');
      const bob = world.addOwner('bob@sales.example', 'America/New_York');
      world.removeOwner(bob);
      const owners = new Map((await crm.listOwners()).map((owner) => [owner.id, owner]));
      expect(owners.get(ann)).toMatchObject({ email: 'ann@sales.example', timeZone: 'Europe/Berlin', isActive: true });
      expect(owners.get(bob)).toMatchObject({ isActive: false });
      expect(owners.get(world.ownerId)).toMatchObject({ isActive: true });
    });

    test.runIf(accounts)('a lead tells who owns its account, where somebody does', async () => {
      const id = anybody();
      const acme = world.addAccount();
      world.moveToAccount(id, acme);
      const ann = world.addOwner('ann@sales.example', 'Europe/Berlin');
      world.ownAccount(acme, ann);
      expect((await lead(id)).accountOwnerId).toBe(ann);
      expect(await lead(world.addLead({ email: 'eve@home.example' }))).not.toHaveProperty('accountOwnerId');
    });

    test('the page of a lead has an address once the CRM is connected', async () => {
      const id = anybody();
      const link = crm.linkTo(id) ?? '';
      expect(new URL(link).pathname).toContain(id);
      expect(crm.linkTo('another')).not.toBe(link);
    });

    describe('nurture', () => {
      test('puts leads in the list or campaign of the rule, each once', async () => {
        const ids = [anybody(), world.addLead({ email: 'bob@acme.example' })];
        expect([crm.nurtures.has(world.nurture), crm.nurtures.has(world.plainNurture)]).toEqual([true, false]);
        await crm.enrol(world.nurture, ids.slice(0, 1));
        await crm.enrol(world.nurture, [...ids, ...ids]);
        expect(world.enrolled().toSorted()).toEqual(ids.toSorted());
      });

      test('passes over who is not there any more', async () => {
        const [id, gone] = [anybody(), world.addLead({ email: 'bob@acme.example' })];
        world.removeLead(gone);
        await crm.enrol(world.nurture, [gone, 'nonsense', id]);
        expect(world.enrolled()).toEqual([id]);
      });

      test('does nothing for nobody, and for a rule that names neither', async () => {
        const before = world.writes();
        await crm.enrol(world.nurture, []);
        await crm.enrol(world.plainNurture, [anybody()]);
        expect(world.writes()).toBe(before);
      });
    });

    describe('what sales do', () => {
      /** What the CRM tells of the lead since the world began, but for what is taken back. */
      async function told(id: string): Promise<Observation[]> {
        await world.clock.advance(5 * MINUTE);
        const window = { from: 0, to: world.clock.now() };
        const all = await Promise.all(crm.streams.map((stream) => Array.fromAsync(stream.pull(window))));
        return all
          .flat(2)
          .filter(({ person, withdrawn }) => withdrawn !== true && 'leadId' in person && person.leadId === id);
      }
      const types = async (id: string) => (await told(id)).map(({ activity }) => activity.type);

      test('tells a call that reached nobody from a conversation', async () => {
        const [ada, bob] = [anybody(), world.addLead({ email: 'bob@acme.example' })];
        world.call(ada, true);
        world.call(bob, false);
        expect(await types(ada)).toEqual(['call']);
        expect(await types(bob)).toEqual(['call-attempt']);
        for (const type of ['call', 'call-attempt'] as const) expect(crm.delivers.has(type)).toBe(true);
      });

      test('tells what sales wrote from what the lead wrote', async () => {
        const [ada, bob] = [anybody(), world.addLead({ email: 'bob@acme.example' })];
        world.write(ada, 'out');
        world.write(bob, 'in');
        expect(await types(ada)).toEqual(['sales-email']);
        expect((await told(ada))[0]?.activity).not.toHaveProperty('isInbound');
        expect((await told(bob)).map(({ activity }) => activity.isInbound)).toEqual([true]);
      });
    });
  });
}
