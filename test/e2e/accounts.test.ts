import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/base/clock.ts';
import { ConfigError, RetryableError } from '../../src/base/errors.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { accountSpace } from '../../src/ledger/accounts.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { countDirty, takeDirty } from '../../src/ledger/dirty.ts';
import { saveProgress } from '../../src/ledger/progress.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { scoreAccounts } from '../../src/sync/accounts.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import {
  accountConfig,
  accountScore,
  addColleague,
  addCompany,
  companyRequests,
  withoutCompanyFields,
} from '../support/companies.ts';
import { showInterest } from '../support/people.ts';
import { configOf, OLD } from '../support/plan-models.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const COMPANIES = '/crm/objects/2026-09/companies';
const READ = `${COMPANIES}/batch/read`;
const UPDATE = `${COMPANIES}/batch/update`;

const open = (account?: string, options = {}) => openTestWorld(redis, { config: accountConfig(account), ...options });

/** A company of three, of whom two showed interest, scored. */
async function openAcme(account?: string) {
  const world = await open(account);
  const acme = addCompany(world);
  const [ada, bob, cyd] = ['ada', 'bob', 'cyd'].map((name) => addColleague(world, acme, name));
  if (ada === undefined || bob === undefined || cyd === undefined) throw new Error('nobody works there');
  world.sandbox.people.update(cyd.contact.id, { jobtitle: 'Intern', numemployees: undefined });
  showInterest(world, ada);
  world.sandbox.people.visit(bob.contact.id, '/pricing');
  await world.clock.advance(MINUTE);
  await world.backfill();
  await world.sync();
  const scores = () => [ada, bob, cyd].map(({ contact }) => world.number(contact, 'leadgauge_score') ?? Number.NaN);
  return { world, acme, ada, bob, cyd, scores };
}

const ACCOUNT = '\naccount: { of: total, roll_up: max }\n';
const TWO_MODELS = [
  OLD + ACCOUNT,
  `${OLD.replace('model: platform\nname: Platform', 'model: services\nname: Services')}
applies_to: { field: product_interest, in: [services] }${ACCOUNT}`,
];

const waiting = ({ connection }: World) => countDirty(accountSpace(connection.space));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('the score of an account is', () => {
  it('that of its best person', async () => {
    const { world, acme, scores } = await openAcme();
    expect(new Set(scores()).size).toBe(3);
    expect(accountScore(world, acme)).toBe(Math.max(...scores()));
    expect(await world.wrong()).toEqual([]);
  });

  it('the sum of its best few', async () => {
    const { world, acme, scores } = await openAcme('account: { of: total, roll_up: { sum_of_top: 2 } }');
    const [best = 0, second = 0] = scores().sort((one, other) => other - one);
    expect(accountScore(world, acme)).toBe(best + second);
  });

  it('the average of all', async () => {
    const { world, acme, scores } = await openAcme('account: { of: total, roll_up: average }');
    expect(accountScore(world, acme)).toBe(Math.round(sum(scores()) / 3));
  });

  it('of the engagement alone, where the model says so', async () => {
    const { world, acme, ada } = await openAcme('account: { of: engagement, roll_up: max }');
    expect(accountScore(world, acme)).toBe(world.number(ada.contact, 'leadgauge_engagement'));
  });

  it('nothing where nobody works there, and nobody else has one', async () => {
    const world = await open();
    const empty = addCompany(world, 'empty');
    addColleague(world, undefined, 'ada');
    const { accounts } = await world.backfill();
    expect(accountScore(world, empty)).toBeUndefined();
    expect(accounts).toEqual({ written: 0, unchanged: 0, failed: 0, gone: 0, left: 0 });
  });

  it('for each model that has one, on a property of its own', async () => {
    const world = await openTestWorld(redis, { config: configOf(...TWO_MODELS) });
    const acme = addCompany(world);
    const { contact } = addColleague(world, acme, 'ada', { product_interest: 'services' });
    await world.backfill();
    expect(accountScore(world, acme, 'leadgauge_services_account_score')).toBe(
      world.number(contact, 'leadgauge_services_score'),
    );
    expect(accountScore(world, acme)).toBe(world.number(contact, 'leadgauge_score'));
    expect(await world.wrong()).toEqual([]);
    world.sandbox.people.update(contact.id, { product_interest: 'platform' });
    await world.sync();
    expect(world.number(contact, 'leadgauge_services_score')).toBeUndefined();
    expect(accountScore(world, acme, 'leadgauge_services_account_score')).toBeUndefined();
    expect(await world.wrong()).toEqual([]);
  });
});

describe('it follows its people', () => {
  it('when one of them does something', async () => {
    const { world, acme, bob, scores } = await openAcme();
    const before = accountScore(world, acme);
    world.sandbox.people.submitForm('demo', { email: bob.email });
    world.sandbox.people.submitForm('webinar', { email: bob.email });
    await world.sync();
    expect(accountScore(world, acme)).toBe(Math.max(...scores()));
    expect(accountScore(world, acme)).toBeGreaterThan(Number(before));
  });

  it('as their interest fades with time alone', async () => {
    const { world, acme, scores } = await openAcme();
    const before = accountScore(world, acme);
    await world.clock.advance(60 * DAY);
    await world.sync();
    expect(accountScore(world, acme)).toBe(Math.max(...scores()));
    expect(accountScore(world, acme)).toBeLessThan(Number(before));
    expect(await world.wrong()).toEqual([]);
  });

  it('when one moves to another company: both change', async () => {
    const { world, acme, ada, scores } = await openAcme();
    const other = addCompany(world, 'other');
    await world.clock.advance(SECOND);
    world.sandbox.people.moveToCompany(ada.contact.id, other.id);
    await world.sync();
    const [best, ...rest] = scores();
    expect(accountScore(world, other)).toBe(best);
    expect(accountScore(world, acme)).toBe(Math.max(...rest));
    world.sandbox.people.moveToCompany(ada.contact.id);
    await world.sync();
    expect(accountScore(world, other)).toBeUndefined();
    expect(await world.wrong()).toEqual([]);
  });

  it('when one is deleted, as the webhook tells', async () => {
    const { world, acme, ada, scores } = await openAcme();
    const [, ...rest] = scores();
    world.sandbox.people.remove(ada.contact.id);
    await tell(world, 'contact.deletion', ada.contact.id);
    await world.sync();
    expect(accountScore(world, acme)).toBe(Math.max(...rest));
    expect(await world.wrong()).toEqual([]);
  });

  it('when one is erased for privacy, and nothing of theirs stays', async () => {
    const { world, acme, ada, scores } = await openAcme();
    const [, ...rest] = scores();
    world.sandbox.people.eraseForPrivacy(ada.contact.id);
    await tell(world, 'contact.privacyDeletion', ada.contact.id);
    const { redis: client, key } = world.connection.space;
    expect(await client.hexists(key('account', acme.id), ada.contact.id)).toBe(0);
    expect(await client.hexists(key('accounts', 'places'), ada.contact.id)).toBe(0);
    await world.sync();
    expect(accountScore(world, acme)).toBe(Math.max(...rest));
  });

  it('when one was deleted and no webhook told: with the next backfill at the latest', async () => {
    const { world, acme, ada, scores } = await openAcme();
    const [, ...rest] = scores();
    world.sandbox.people.remove(ada.contact.id);
    await world.clock.advance(MINUTE);
    const { gone } = await world.backfill();
    expect(gone).toBe(1);
    expect(accountScore(world, acme)).toBe(Math.max(...rest));
    expect(await world.wrong()).toEqual([]);
  });

  it.each([true, false])('when two of them are merged (the id stays: %s)', async (mergeKeepsId) => {
    const world = await open('account: { of: total, roll_up: { sum_of_top: 3 } }', { mergeKeepsId });
    const acme = addCompany(world);
    const [ada, twin] = [addColleague(world, acme, 'ada'), addColleague(world, acme, 'twin')];
    await world.backfill();
    await world.clock.advance(SECOND);
    const merged = world.sandbox.people.merge(ada.contact.id, twin.contact.id);
    await world.sync();
    await world.sync();
    expect(accountScore(world, acme)).toBe(world.number(merged, 'leadgauge_score'));
    expect(await world.wrong()).toEqual([]);
  });

  it('when the last one leaves: the score is emptied', async () => {
    const { world, acme, ada, bob, cyd } = await openAcme();
    await world.clock.advance(SECOND);
    for (const { contact } of [ada, bob, cyd]) world.sandbox.people.moveToCompany(contact.id);
    await world.sync();
    expect(accountScore(world, acme)).toBeUndefined();
    expect(await world.wrong()).toEqual([]);
  });
});

describe('companies come and go', () => {
  it.each([true, false])('two that are merged have the people of both (the id stays: %s)', async (mergeKeepsId) => {
    const world = await open('account: { of: total, roll_up: { sum_of_top: 9 } }', { mergeKeepsId });
    const [acme, other] = [addCompany(world), addCompany(world, 'other')];
    const people = [addColleague(world, acme, 'ada'), addColleague(world, other, 'bob')];
    await world.backfill();
    await world.clock.advance(SECOND);
    const merged = world.sandbox.people.mergeCompanies(acme.id, other.id);
    await world.sync();
    expect(accountScore(world, merged)).toBe(
      sum(people.map(({ contact }) => world.number(contact, 'leadgauge_score') ?? Number.NaN)),
    );
    expect(await waiting(world)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });

  it('of one that was merged between our read and our write, the one that is left is scored', async () => {
    const { world, acme, bob } = await openAcme('account: { of: total, roll_up: { sum_of_top: 9 } }');
    const other = addCompany(world, 'other');
    const dan = addColleague(world, other, 'dan');
    await world.sync();
    world.sandbox.people.submitForm('demo', { email: bob.email });
    await world.poll();
    await world.score();
    let merged = acme;
    const tally = await scoreAccountsMeeting(world, () => {
      merged = world.sandbox.people.mergeCompanies(acme.id, other.id);
    });
    expect(tally).toMatchObject({ failed: 0, left: 1 });
    await world.clock.advance(MINUTE);
    await world.sync();
    await world.sync();
    expect(dan.contact.state).toBe('live');
    expect(await waiting(world)).toBe(0);
    expect(await world.wrong()).toEqual([]);
    expect(accountScore(world, merged)).toBeGreaterThan(0);
  });

  it('one that was deleted is forgotten, whether its people were told or not', async () => {
    const { world, acme, ada } = await openAcme();
    world.sandbox.people.submitForm('demo', { email: ada.email });
    await world.poll();
    await world.score();
    world.sandbox.people.removeCompany(acme.id);
    expect(await scoreAccounts(world.connection)).toMatchObject({ gone: 1, written: 0, failed: 0 });
    await world.sync();
    expect(await waiting(world)).toBe(0);
    expect(await world.connection.space.redis.exists(world.connection.space.key('account', acme.id))).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });

  it('one that was deleted between our read and our write fails nothing', async () => {
    const { world, acme, bob } = await openAcme();
    world.sandbox.people.submitForm('demo', { email: bob.email });
    world.sandbox.people.submitForm('webinar', { email: bob.email });
    await world.poll();
    await world.score();
    const tally = await scoreAccountsMeeting(world, () => world.sandbox.people.removeCompany(acme.id));
    expect(tally).toMatchObject({ gone: 1, failed: 0, left: 0 });
    expect(await waiting(world)).toBe(0);
  });
});

describe('whatever happens', () => {
  it('a second sync and a second backfill write nothing', async () => {
    const { world } = await openAcme();
    await world.sync();
    const before = companyRequests(world).length;
    const { write } = world.calls;
    await world.sync();
    await world.sync();
    expect(companyRequests(world)).toHaveLength(before);
    const { accounts } = await world.backfill();
    expect(accounts).toMatchObject({ written: 0, unchanged: 1 });
    expect(world.calls.write).toBe(write);
  });

  it('companies are read and written by the hundred', async () => {
    const world = await open();
    for (let count = 0; count < 230; count += 1)
      addColleague(world, addCompany(world, `company-${count}`), `person-${count}`);
    const before = companyRequests(world).length;
    const { accounts } = await world.backfill();
    expect(accounts).toMatchObject({ written: 230, failed: 0, left: 0 });
    const requests = companyRequests(world).slice(before);
    expect(requests.filter((line) => line.includes('batch/read'))).toHaveLength(3);
    expect(requests.filter((line) => line.includes('batch/update'))).toHaveLength(3);
    expect(await world.wrong()).toEqual([]);
  });

  describe('a kill loses nothing', () => {
    async function openChanged() {
      const acme = await openAcme();
      const { world, ada } = acme;
      world.sandbox.people.update(ada.contact.id, { jobtitle: 'CEO' });
      await world.poll();
      return acme;
    }
    /** Another process, once the leases of the first are over. */
    async function restart(world: World): Promise<World> {
      const restarted = await openTestWorld(redis, { joins: world, config: accountConfig() });
      await world.clock.advance(2 * MINUTE);
      await restarted.sync();
      return restarted;
    }

    it('right after the write of the lead', async () => {
      const { world, acme, scores } = await openChanged();
      const { crm } = world.connection;
      const writeLeads: Crm['writeLeads'] = async (...args) => {
        await crm.writeLeads(...args);
        throw new Error('killed');
      };
      const killed = { ...world.connection, crm: { ...crm, writeLeads } };
      await expect(scoreDirty(killed)).rejects.toThrow('killed');
      expect(accountScore(world, acme)).not.toBe(Math.max(...scores()));
      const restarted = await restart(world);
      expect(accountScore(world, acme)).toBe(Math.max(...scores()));
      expect(await restarted.wrong()).toEqual([]);
    });

    it('with the account taken and not written', async () => {
      const { world, acme, scores } = await openChanged();
      await world.score();
      expect(await takeDirty(accountSpace(world.connection.space), 10, world.clock.now())).toHaveLength(1);
      expect(accountScore(world, acme)).not.toBe(Math.max(...scores()));
      const restarted = await restart(world);
      expect(accountScore(world, acme)).toBe(Math.max(...scores()));
      expect(await restarted.wrong()).toEqual([]);
    });

    it('right after the write of the account, which is not written again', async () => {
      const { world, acme, scores } = await openChanged();
      await world.score();
      const { crm } = world.connection;
      const writeAccounts: Crm['writeAccounts'] = async (...args) => {
        await crm.writeAccounts(...args);
        throw new Error('killed');
      };
      const killed = { ...world.connection, crm: { ...crm, writeAccounts } };
      await expect(scoreAccounts(killed)).rejects.toThrow('killed');
      expect(accountScore(world, acme)).toBe(Math.max(...scores()));
      expect(await scoreAccounts(world.connection)).toMatchObject({ written: 0, unchanged: 1 });
      expect(await waiting(world)).toBe(0);
    });
  });

  it('two workers at once write every account, and each once', async () => {
    const world = await open();
    const other = await openTestWorld(redis, { joins: world, config: accountConfig() });
    const people = Array.from({ length: 130 }, (_, count) =>
      addColleague(world, addCompany(world, `company-${count}`), `person-${count}`),
    );
    await world.backfill();
    await world.clock.advance(SECOND);
    for (const { contact } of people) world.sandbox.people.update(contact.id, { jobtitle: 'Student' });
    await world.poll();
    await Promise.all([world.score(), other.score()]);
    const tallies = await Promise.all([
      scoreAccounts(world.connection),
      scoreAccounts(other.connection),
      scoreAccounts(world.connection),
    ]);
    expect(sum(tallies.map(({ written }) => written))).toBe(130);
    expect(await waiting(world)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });

  it('an emptied Redis and a backfill end in the same, also for who left meanwhile', async () => {
    const { world, acme, ada, scores } = await openAcme('account: { of: total, roll_up: { sum_of_top: 9 } }');
    const lonely = addCompany(world, 'lonely');
    const dan = addColleague(world, lonely, 'dan');
    await world.sync();
    expect(accountScore(world, lonely)).toBeGreaterThan(0);
    await redis.flush();
    await world.clock.advance(SECOND);
    world.sandbox.people.moveToCompany(dan.contact.id);
    // Nobody knows of the others yet: a score of one alone would be wrong.
    world.sandbox.people.update(ada.contact.id, { jobtitle: 'CEO' });
    await world.sync();
    expect(accountScore(world, acme)).toBe(sum(scores()));
    await world.backfill();
    expect(accountScore(world, acme)).toBe(sum(scores()));
    expect(accountScore(world, lonely)).toBeUndefined();
    expect(await world.wrong()).toEqual([]);
  });

  it('nothing is written of people whom these models have not all scored', async () => {
    const { world, acme, bob } = await openAcme();
    await saveProgress(world.connection.space, 'model-version', 'another');
    const before = accountScore(world, acme);
    world.sandbox.people.submitForm('demo', { email: bob.email });
    world.sandbox.people.submitForm('webinar', { email: bob.email });
    await world.sync();
    expect(accountScore(world, acme)).toBe(before);
    expect(await waiting(world)).toBe(1);
    await world.backfill();
    expect(accountScore(world, acme)).not.toBe(before);
    expect(await waiting(world)).toBe(0);
  });

  it('a backfill puts right what somebody typed over a score', async () => {
    const { world, acme, scores } = await openAcme();
    world.sandbox.people.updateCompany(acme.id, { leadgauge_account_score: 99 });
    await world.backfill();
    expect(accountScore(world, acme)).toBe(Math.max(...scores()));
  });

  it('a company that HubSpot refuses becomes a dead letter and holds up no other', async () => {
    const { world, acme, bob, scores } = await openAcme();
    const other = addCompany(world, 'other');
    addColleague(world, other, 'dan');
    world.sandbox.people.submitForm('demo', { email: bob.email });
    world.sandbox.people.submitForm('webinar', { email: bob.email });
    await world.poll();
    await world.score();
    const message = 'Property values were not valid: [{"isValid":false,"error":"INVALID_INTEGER"}]';
    const refusal = { status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message } };
    // The batch of both, and the half with the first of them.
    const heal = world.sandbox.faults.add({ path: UPDATE, times: 2, ...refusal });
    expect(await scoreAccounts(world.connection)).toMatchObject({ failed: 1, written: 1, left: 0 });
    heal();
    const letters = await listDeadLetters(world.connection.space);
    expect(letters.map(({ id }) => id.replace(/\d+/, 'ID'))).toEqual(['account-ID']);
    expect(letters[0]?.reason).toContain('INVALID_INTEGER');
    await world.backfill();
    expect(await listDeadLetters(world.connection.space)).toEqual([]);
    expect(accountScore(world, acme)).toBe(Math.max(...scores()));
    expect(await world.wrong()).toEqual([]);
  });

  it.each([
    ['429', { status: 429, body: { status: 'error', errorType: 'RATE_LIMIT', policyName: 'SECONDLY' } }],
    ['503', { status: 503 }],
    ['a reset after the deed', { reset: true, when: 'after' as const }],
    ['half a body', { halfBody: true }],
  ])('%s on companies loses none', async (_, fault) => {
    const world = await open();
    const acme = addCompany(world);
    const { contact } = addColleague(world, acme, 'ada');
    for (const path of [READ, UPDATE]) world.sandbox.faults.add({ path, times: 2, ...fault });
    await untilDone(world);
    expect(accountScore(world, acme)).toBe(world.number(contact, 'leadgauge_score'));
    expect(await waiting(world)).toBe(0);
  });
});

describe('without an account in any model', () => {
  it('nor fields of companies, they are neither asked for nor written', async () => {
    const world = await openTestWorld(redis, { config: withoutCompanyFields(loadConfig('config')) });
    const acme = addCompany(world);
    const ada = addColleague(world, acme, 'ada');
    await world.backfill();
    showInterest(world, ada);
    await world.sync();
    await world.connection.crm.check();
    expect(companyRequests(world)).toEqual([]);
    const read = world.sandbox.requests.all().map(({ body }) => JSON.stringify(body ?? ''));
    expect(read.filter((text) => text.includes('associatedcompanyid'))).toEqual([]);
    expect(await world.connection.space.redis.exists(world.connection.space.key('accounts', 'places'))).toBe(0);
  });
});

describe('a credential without the scopes of companies', () => {
  it('is told so at the start, with all that is missing', async () => {
    const { world } = await openAcme();
    world.sandbox.faults.add({
      path: /\/companies/,
      status: 403,
      body: { status: 'error', category: 'MISSING_SCOPES' },
    });
    const error = await world.connection.crm.connect().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain(
      'give the credential the scopes crm.schemas.companies.read, crm.objects.companies.read, crm.objects.companies.write, or take "account" out of the model',
    );
  });
});

/** Tries a backfill again, as the worker would. */
async function untilDone(world: World): Promise<void> {
  for (let tries = 1; tries < 10; tries += 1) {
    const error = await world.backfill().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return;
    if (!(error instanceof RetryableError)) throw error;
    await world.clock.advance(error.retryAfter ?? MINUTE);
  }
}

/** Scores the accounts, and does something after they were read and before they are written. */
function scoreAccountsMeeting({ clock, sandbox, connection }: World, act: () => void) {
  const { sleep } = clock;
  sandbox.faults.add({ method: 'POST', path: UPDATE, delayMs: 77, times: 1 });
  clock.sleep = async (ms, signal) => {
    if (ms === 77) act();
    await sleep(ms, signal);
  };
  return scoreAccounts(connection);
}

function tell(world: World, subscriptionType: string, objectId: string) {
  const { space, clock, log, wake } = world.connection;
  return acceptHubspot({ space, clock, log, wake }, [
    { eventId: 1, portalId: 1, occurredAt: clock.now(), subscriptionType, objectId: Number(objectId) },
  ]);
}
