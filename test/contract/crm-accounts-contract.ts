import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import type { AccountRecord, Crm, LeadRecord } from '../../src/crm/crm.ts';
import type { CrmWorld } from './crm-contract.ts';

/** The part of the contract that is about companies; the first of the world's models has `account`, the second has none. */
export function crmAccountsContract(name: string, createWorld: () => Promise<CrmWorld>): void {
  describe(`${name} keeps the CRM contract on accounts`, () => {
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
    async function account(id: string): Promise<AccountRecord | undefined> {
      return (await crm.readAccounts([id]))[0];
    }
    /** What is written for the first model. */
    const scored = (id: string, score: number | null) => ({ id, scores: { [world.models[0]]: score } });
    async function holders(): Promise<Set<string>> {
      await world.clock.advance(MINUTE);
      return new Set((await Array.fromAsync(crm.scoredAccounts())).flat());
    }

    test('a lead tells of its account, and one that moves is another lead', async () => {
      const [acme, other] = [world.addAccount(), world.addAccount()];
      const id = world.addLead({ email: 'ada@acme.example' });
      const alone = await lead(id);
      expect(alone.lead).not.toHaveProperty('accountId');
      world.moveToAccount(id, acme);
      const there = await lead(id);
      expect(there.lead.accountId).toBe(acme);
      await world.clock.advance(MINUTE);
      const from = world.clock.now();
      world.moveToAccount(id, other);
      const moved = await lead(id);
      expect(moved.lead.accountId).toBe(other);
      expect(new Set([alone, there, moved].map(({ fingerprint }) => fingerprint)).size).toBe(3);
      await world.clock.advance(crm.changes.lag + MINUTE);
      const changed = (await Array.fromAsync(crm.changedLeads({ from, to: from + MINUTE }))).flat();
      expect(changed).toEqual([{ id, changedAt: from, fingerprint: moved.fingerprint }]);
    });

    test('an account that nobody has is absent, and does not hold up the others', async () => {
      const [acme, gone] = [world.addAccount(), world.addAccount()];
      world.removeAccount(gone);
      expect(await crm.readAccounts([gone, acme, 'nonsense', acme])).toEqual([{ id: acme, formerIds: [], scores: {} }]);
      expect(await crm.readAccounts([])).toEqual([]);
    });

    test('a merged account comes back under its new id, with its former ids', async () => {
      const [acme, twin] = [world.addAccount(), world.addAccount()];
      const merged = world.mergeAccounts(acme, twin);
      for (const old of [acme, twin]) {
        const [record] = await crm.readAccounts([old]);
        expect(record?.id).toBe(merged);
        expect([...(record?.formerIds ?? []), merged]).toEqual(expect.arrayContaining([acme, twin]));
        expect(record?.formerIds).not.toContain(merged);
      }
    });

    test('a score is written, read back, listed, and emptied again', async () => {
      const [acme, other] = [world.addAccount(), world.addAccount()];
      expect(await holders()).toEqual(new Set());
      const at = world.clock.now();
      expect(await crm.writeAccounts([scored(acme, 72)])).toEqual([{ id: acme, status: 'written', changedAt: at }]);
      expect((await account(acme))?.scores).toEqual({ [world.models[0]]: 72 });
      expect((await account(other))?.scores).toEqual({});
      expect(await holders()).toEqual(new Set([acme]));
      await crm.writeAccounts([scored(acme, 0), scored(other, -5)]);
      expect(
        [(await account(acme))?.scores, (await account(other))?.scores].map((scores) => scores?.[world.models[0]]),
      ).toEqual([0, -5]);
      expect(await holders()).toEqual(new Set([acme, other]));
      await crm.writeAccounts([scored(acme, null)]);
      expect((await account(acme))?.scores).toEqual({});
      expect(await holders()).toEqual(new Set([other]));
    });

    test('nothing is written for a model without account, nor where there is nothing to write', async () => {
      const acme = world.addAccount();
      const before = world.writes();
      const changes = [{ id: acme, scores: { [world.models[1]]: 5 } }];
      expect((await crm.writeAccounts(changes)).map(({ status }) => status)).toEqual(['written']);
      expect(await crm.writeAccounts([])).toEqual([]);
      expect(world.writes()).toBe(before);
      expect((await account(acme))?.scores).toEqual({});
    });

    test('250 accounts, one gone: 249 written, an outcome for each, and all of them listed', async () => {
      const ids = Array.from({ length: 250 }, () => world.addAccount());
      const [gone = ''] = ids.slice(117);
      world.removeAccount(gone);
      const outcomes = await crm.writeAccounts(ids.map((id, index) => scored(id, index)));
      expect(outcomes.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(249);
      expect(outcomes.find(({ id }) => id === gone)).toEqual({ id: gone, status: 'gone' });
      expect((await account(ids[249] ?? ''))?.scores).toEqual({ [world.models[0]]: 249 });
      expect(await holders()).toEqual(new Set(ids.filter((id) => id !== gone)));
    });

    test('the score of an account that was merged away is never lost on the one that is left', async () => {
      const [acme, twin] = [world.addAccount(), world.addAccount()];
      const merged = world.mergeAccounts(twin, acme);
      const [outcome] = await crm.writeAccounts([scored(acme, 5)]);
      // To be read afresh, under whatever id it has.
      expect(outcome).toMatchObject({ id: acme, status: 'failed' });
      expect(await crm.writeAccounts([scored(merged, 6)])).toMatchObject([{ id: merged, status: 'written' }]);
      expect((await account(merged))?.scores).toEqual({ [world.models[0]]: 6 });
    });
  });
}
