import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { ConfigError, RecordError } from '../../src/base/errors.ts';
import type {
  ChangedLead,
  Crm,
  LeadRecord,
  Observation,
  OutputChange,
  Outputs,
  Window,
  WriteOutcome,
} from '../../src/crm/crm.ts';
import type { TestClock } from '../support/test-clock.ts';
import { crmAccountsContract } from './crm-accounts-contract.ts';
import { crmPastContract } from './crm-past-contract.ts';
import { crmSalesContract, type SalesWorld } from './crm-sales-contract.ts';

/** A CRM with nobody in it yet, and what people do there. All names of fields and forms are ours. */
export interface CrmWorld extends SalesWorld {
  /** Neither connected nor set up. */
  readonly crm: Crm;
  readonly clock: TestClock;
  /** Two that it has properties for; the stage goes with the first, which alone makes a score of accounts. */
  readonly models: readonly [string, string];
  /** One flag that the models know. */
  readonly flag: string;
  /** One persona that they know. */
  readonly persona: string;
  /** The key of a form in config. */
  readonly form: string;
  /** The id of somebody in sales. */
  readonly ownerId: string;
  /** As many characters as the field `company` holds. */
  readonly longText: number;
  /** To how many milliseconds the CRM keeps a time. */
  readonly resolution: number;
  /** Returns the new lead's id. */
  addLead(fields: Readonly<Record<string, string>>): string;
  changeLead(id: string, fields: Readonly<Record<string, string>>): void;
  removeLead(id: string): void;
  /** Returns the id that both answer to. */
  mergeLeads(id: string, other: string): string;
  /** Returns the new account's id. */
  addAccount(): string;
  /** Makes a lead one of this account. */
  moveToAccount(id: string, accountId: string): void;
  /** Returns the id that both answer to. */
  mergeAccounts(id: string, other: string): string;
  removeAccount(id: string): void;
  visit(id: string, path: string): void;
  /** Returns by whom the CRM tells of it. */
  submitForm(form: string, fields: Readonly<Record<string, string>>): Observation['person'];
  /** Moves a lead's stage past MQL. */
  sellTo(id: string): void;
  /** Somebody writes a word of theirs where people decide against the model. */
  decide(id: string, model: string, word: string): void;
  /** How many calls the CRM has been sent that would change something in it. */
  writes(): number;
  close(): Promise<void>;
}

const WRITTEN = {
  score: 72,
  fit: 50,
  engagement: 22,
  grade: 'B3',
  reasons: '+25 title: VP Engineering\n+25 company: 400 people\n+22 visited the pricing page 🎉',
  flags: [] as string[],
  mql: true,
  disqualified: 'company too small\nstudent',
  modelVersion: 'platform@3f9a1c',
  route: 'sales',
  fastTrack: 'demo-request',
};

/**
 * What the rest of leadgauge relies on in any CRM. A new CRM passes this before anything else is built on it. `accounts: false` where the
 * leads of this world cannot be of an account.
 */
export function crmContract(
  name: string,
  createWorld: () => Promise<CrmWorld>,
  { accounts = true }: { readonly accounts?: boolean } = {},
): void {
  if (accounts) crmAccountsContract(name, createWorld);
  crmPastContract(name, createWorld);
  crmSalesContract(name, createWorld, { accounts });
  describe(`${name} keeps the CRM contract`, () => {
    let world: CrmWorld;
    beforeEach(async () => {
      world = await createWorld();
    });
    afterEach(() => world.close());

    /** Set up, connected, and past whatever the CRM's index is late. */
    async function ready(): Promise<Crm> {
      await world.crm.applySetup(await world.crm.planSetup());
      await world.crm.connect();
      return world.crm;
    }
    async function read(id: string): Promise<LeadRecord> {
      const [record] = await world.crm.readLeads([id]);
      if (record === undefined) throw new Error('the lead is not there');
      return record;
    }
    /** A window that ends now, once the CRM has had its time to index. */
    async function windowSince(from: number): Promise<Window> {
      await world.clock.advance(world.crm.changes.lag + 1);
      return { from, to: world.clock.now() - world.crm.changes.lag };
    }
    async function changes(window: Window): Promise<ChangedLead[]> {
      return (await Array.fromAsync(world.crm.changedLeads(window))).flat();
    }
    async function observe(stream: string, window: Window): Promise<Observation[]> {
      const found = world.crm.streams.find((each) => each.name === stream);
      if (found === undefined) throw new Error(`there is no stream ${stream}`);
      return (await Array.fromAsync(found.pull(window))).flat();
    }
    const one = (outcomes: readonly WriteOutcome[]) => outcomes[0];
    /** A change of what the first model says. */
    const change = (id: string, outputs: OutputChange) => ({ id, outputs: { [world.models[0]]: outputs } });
    async function held(id: string): Promise<Partial<Outputs>> {
      return (await read(id)).outputs[world.models[0]] ?? {};
    }

    describe('set-up', () => {
      test('without it, connect says what is missing and what to do', async () => {
        const error = await world.crm.connect().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(ConfigError);
        // One on leads and one on accounts, and not one on each property.
        const { problems } = error as ConfigError;
        expect(problems.length).toBe(2);
        for (const { message } of problems) expect(message).toContain('leadgauge setup');
      });

      test('without it, leads can be read, and hold nothing', async () => {
        const id = world.addLead({ email: 'ada@acme.example' });
        await world.crm.connect({ readOnly: true });
        expect(await read(id)).toMatchObject({ lead: { id }, outputs: {} });
        expect(world.writes()).toBe(0);
      });

      test('shows first what it will create, creates it, and has nothing left to do', async () => {
        const steps = await world.crm.planSetup();
        expect(steps.length).toBeGreaterThan(10);
        expect(world.writes()).toBe(0);
        await world.crm.applySetup(steps);
        expect(await world.crm.planSetup()).toEqual([]);
        const before = world.writes();
        await world.crm.applySetup(steps);
        expect(world.writes()).toBe(before);
      });

      test('check finds no problem after it, and changes nothing', async () => {
        await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const before = await read(id);
        const findings = await world.crm.check();
        expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
        expect(findings.length).toBeGreaterThan(5);
        expect(await read(id)).toEqual(before);
        expect(await world.crm.planSetup()).toEqual([]);
      });

      test('check before it names the problems and does not throw', async () => {
        const problems = (await world.crm.check()).filter(({ level }) => level === 'problem');
        expect(problems.map(({ message }) => message).join('\n')).toContain('leadgauge setup');
      });
    });

    describe('a sample', () => {
      test('is so many leads, each once and the same ones again; all where there are no more', async () => {
        const ids = Array.from({ length: 12 }, (_, index) => world.addLead({ email: `ada${index}@acme.example` }));
        const crm = await ready();
        await world.clock.advance(crm.changes.lag + 1);
        const some = await crm.sampleLeads(5);
        expect(some.total).toBe(12);
        expect(new Set(some.ids).size).toBe(5);
        expect(ids).toEqual(expect.arrayContaining([...some.ids]));
        expect(await crm.sampleLeads(5)).toEqual(some);
        expect((await crm.sampleLeads(100)).ids.toSorted()).toEqual(ids.toSorted());
      });

      test('of nobody is empty', async () => {
        expect(await (await ready()).sampleLeads(5)).toEqual({ ids: [], total: 0 });
      });
    });

    describe('reading leads', () => {
      test('the list has every lead once, in the order of ids', async () => {
        const crm = await ready();
        const ids = Array.from({ length: 230 }, (_, index) => world.addLead({ email: `lead-${index}@acme.example` }));
        const listed: string[] = [];
        let after: string | undefined;
        do {
          const page = await crm.listLeads(after);
          listed.push(...page.records.map(({ lead }) => lead.id));
          after = page.next;
        } while (after !== undefined);
        expect(listed).toEqual(ids);
      });

      test('a field without a value is absent, an e-mail address is normalised', async () => {
        await ready();
        const id = world.addLead({ email: 'Ada@Acme.example', job_title: '  VP Engineering ', company: '   ' });
        const { lead, stage, outputs } = await read(id);
        expect(lead).toMatchObject({ id, emails: ['ada@acme.example'], fields: { job_title: 'VP Engineering' } });
        expect(lead.fields).not.toHaveProperty('company');
        expect(lead.createdAt).toBe(world.clock.now());
        expect({ stage, outputs }).toEqual({ stage: 'before-mql', outputs: {} });
      });

      test('a lead without e-mail, with emoji and with a field as long as it may be is read like any other', async () => {
        await ready();
        const company = `🦄 ${'x'.repeat(world.longText - 3)}`;
        const { lead } = await read(world.addLead({ company }));
        expect(lead.emails).toEqual([]);
        expect(lead.fields.company).toBe(company);
      });

      test('an id or address that nobody has is absent, and does not hold up the others', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const gone = world.addLead({ email: 'bob@acme.example' });
        world.removeLead(gone);
        expect((await crm.readLeads([gone, id, 'nonsense'])).map(({ lead }) => lead.id)).toEqual([id]);
        expect((await crm.findLeads(['bob@acme.example', 'ada@acme.example'])).map(({ lead }) => lead.id)).toEqual([
          id,
        ]);
        expect(await crm.readLeads([])).toEqual([]);
      });

      test('a merged lead comes back under one id, with its former ids and both addresses', async () => {
        const crm = await ready();
        const [ada, twin] = [
          world.addLead({ email: 'ada@acme.example' }),
          world.addLead({ email: 'ada@home.example' }),
        ];
        const merged = world.mergeLeads(ada, twin);
        const records = await crm.readLeads([ada, twin]);
        expect(records).toHaveLength(1);
        expect(records[0]?.lead.id).toBe(merged);
        expect([...(records[0]?.lead.formerIds ?? []), merged]).toEqual(expect.arrayContaining([ada, twin]));
        expect(records[0]?.lead.emails).toEqual(['ada@acme.example', 'ada@home.example']);
      });
    });

    describe('changed leads', () => {
      test('a change is found in its window and in no other', async () => {
        await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        world.addLead({ email: 'bob@acme.example' });
        await world.clock.advance(HOUR);
        const changedAt = world.clock.now();
        world.changeLead(id, { job_title: 'CTO' });
        await world.clock.advance(MINUTE);

        const window = await windowSince(changedAt);
        const found = await changes(window);
        expect(found).toEqual([{ id, changedAt, fingerprint: (await read(id)).fingerprint }]);
        expect(await changes({ from: changedAt + 1, to: window.to })).toEqual([]);
        expect((await changes({ from: 0, to: changedAt })).map((each) => each.id)).not.toContain(id);
      });

      test('more leads than a page, all changed in the same millisecond, are each there', async () => {
        await ready();
        const from = world.clock.now();
        const ids = Array.from({ length: 450 }, (_, index) => world.addLead({ email: `lead-${index}@acme.example` }));
        const found = await changes(await windowSince(from));
        expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
      });

      test('a lead that changes while the pages are read hides no other', async () => {
        const crm = await ready();
        const from = world.clock.now();
        const ids = Array.from({ length: 450 }, (_, index) => world.addLead({ email: `lead-${index}@acme.example` }));
        const window = await windowSince(from);
        const found = new Set<string>();
        for await (const page of crm.changedLeads(window)) {
          for (const { id } of page) found.add(id);
          for (const id of ids.slice(0, 50)) world.changeLead(id, { job_title: `Changed ${found.size}` });
          await world.clock.advance(MINUTE);
        }
        expect(found).toEqual(new Set(ids));
      });

      test('our own writing does not change the fingerprint, a field, an owner or a merge does', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const { fingerprint } = await read(id);
        await world.clock.advance(MINUTE);
        const from = world.clock.now();
        const written = one(await crm.writeLeads([change(id, { ...WRITTEN, scoredAt: from })]));
        expect((await changes(await windowSince(from)))[0]).toEqual({ id, changedAt: from, fingerprint });
        expect(written).toEqual({ id, status: 'written', changedAt: from });
        world.changeLead(id, { job_title: 'CTO' });
        expect((await read(id)).fingerprint).not.toBe(fingerprint);
      });
    });

    describe('writing outputs', () => {
      test('what is written is read back the same', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const at = world.clock.now();
        const outputs: Partial<Outputs> = {
          ...WRITTEN,
          flags: [world.flag],
          persona: world.persona,
          scoredAt: at,
          mqlAt: at - SECOND,
          fastTrackAt: at - world.resolution,
          leadAt: at - 5 * SECOND,
          recycledAt: at - 4 * SECOND,
          stageReason: 'MQL: fit 50 and engagement 40 meet the gates of Platform',
          nurture: 'content',
          nurtureAt: at - 3 * SECOND,
          routedAt: at - 2 * SECOND,
          followUpBy: at + 5 * MINUTE,
          followUp: 'tried',
          firstTouchedAt: at - SECOND,
          attempts: 2,
          overdue: false,
        };
        expect(one(await crm.writeLeads([change(id, outputs)]))).toEqual({ id, status: 'written', changedAt: at });
        expect((await read(id)).outputs).toEqual({ [world.models[0]]: outputs });
      });

      test('flags go when they no longer hold, and nothing else is touched', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        await crm.writeLeads([change(id, { ...WRITTEN, flags: [world.flag], scoredAt: world.clock.now() })]);
        await crm.writeLeads([change(id, { flags: [] })]);
        expect(await held(id)).toMatchObject({ ...WRITTEN, flags: [] });
      });

      test('what is emptied is absent, and nothing else is touched', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const { disqualified, ...rest } = WRITTEN;
        const scoredAt = world.clock.now();
        await crm.writeLeads([change(id, { ...rest, disqualified, persona: world.persona, scoredAt })]);
        await crm.writeLeads([change(id, { persona: null, disqualified: null })]);
        expect(await held(id)).toEqual({ ...rest, scoredAt });
        const all = Object.keys({ ...rest, scoredAt }).map((key) => [key, null]);
        await crm.writeLeads([change(id, Object.fromEntries(all))]);
        expect((await read(id)).outputs).toEqual({});
      });

      test('each model has outputs of its own, written in one call with the others', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const [first, second] = world.models;
        const before = world.writes();
        await crm.writeLeads([{ id, outputs: { [first]: { score: 1 }, [second]: { score: 2, grade: 'A1' } } }]);
        expect(world.writes()).toBe(before + 1);
        await crm.writeLeads([{ id, outputs: { [second]: { score: 3 } } }]);
        expect((await read(id)).outputs).toEqual({ [first]: { score: 1 }, [second]: { score: 3, grade: 'A1' } });
      });

      test('reasons too long for the property are cut after a whole line', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const reasons = Array.from({ length: 10_000 }, (_, index) => `+1 reason number ${index}`).join('\n');
        expect(one(await crm.writeLeads([change(id, { reasons, scoredAt: world.clock.now() })]))?.status).toBe(
          'written',
        );
        const kept = (await held(id)).reasons ?? '';
        expect(kept.length).toBeGreaterThan(1_000);
        expect(reasons.startsWith(`${kept}\n`)).toBe(true);
      });

      test('250 leads, one gone and one refused: 248 written, and an outcome for each', async () => {
        const crm = await ready();
        const ids = Array.from({ length: 250 }, (_, index) => world.addLead({ email: `lead-${index}@acme.example` }));
        const [gone = '', refused = ''] = [ids[17], ids[120]];
        world.removeLead(gone);
        const changesOf = (id: string) =>
          change(id, { ...WRITTEN, flags: id === refused ? ['no-such-flag'] : [], scoredAt: world.clock.now() });
        const outcomes = await crm.writeLeads(ids.map(changesOf));
        expect(outcomes.map(({ id }) => id).sort()).toEqual([...ids].sort());
        expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(248);
        expect(outcomes.find(({ id }) => id === gone)).toEqual({ id: gone, status: 'gone' });
        expect(outcomes.find(({ id }) => id === refused)).toMatchObject({
          status: 'failed',
          error: expect.any(RecordError),
        });
        expect((await held(ids[249] ?? '')).score).toBe(72);
      });

      test('a lead that was merged since is not lost: its outcome says to read it afresh', async () => {
        const crm = await ready();
        const [ada, twin] = [
          world.addLead({ email: 'ada@acme.example' }),
          world.addLead({ email: 'ada@home.example' }),
        ];
        const merged = world.mergeLeads(twin, ada);
        const [outcome] = await crm.writeLeads([change(ada, { score: 5 })]);
        expect(outcome?.status === 'written' || outcome?.status === 'failed').toBe(true);
        expect(one(await crm.writeLeads([change(merged, { score: 6 })]))?.status).toBe('written');
      });
    });

    describe('promotion', () => {
      test('moves a lead forward to MQL, and says so', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        expect(
          one(await crm.writeLeads([{ ...change(id, { mqlAt: world.clock.now() }), promote: true }])),
        ).toMatchObject({ moved: true });
        expect((await read(id)).stage).toBe('mql');
      });

      test('never moves a lead back, and says that it did not', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        world.sellTo(id);
        expect(one(await crm.writeLeads([{ id, outputs: {}, promote: true }]))).toMatchObject({
          status: 'written',
          moved: false,
        });
        expect((await read(id)).stage).toBe('beyond-mql');
      });
    });

    describe('what people decide', () => {
      test('is read with the lead, for the model that it is about, and makes it another lead', async () => {
        await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const before = await read(id);
        expect(before.lead.overrides).toBeUndefined();
        const [first, second] = world.models;
        world.decide(id, second, 'disqualified');
        const decided = await read(id);
        expect(decided.lead.overrides).toEqual({ [second]: 'disqualified' });
        expect(decided.fingerprint).not.toBe(before.fingerprint);
        world.decide(id, first, 'qualified');
        expect((await read(id)).lead.overrides).toEqual({ [first]: 'qualified', [second]: 'disqualified' });
        expect((await read(id)).outputs).toEqual({});
      });
    });

    describe('activities', () => {
      test('a form submission is in its stream once, by the address, within the window and not past it', async () => {
        const crm = await ready();
        const stream = crm.streams.find(({ form }) => form === world.form)?.name ?? '';
        const from = world.clock.now();
        const person = world.submitForm(world.form, { email: 'Ada@Acme.example' });
        await world.clock.advance(MINUTE);
        const found = await observe(stream, { from, to: from + 1 });
        const activity = { id: expect.any(String), type: 'form-submission', at: from, name: world.form };
        expect(found).toMatchObject([{ person, activity }]);
        expect(await observe(stream, { from, to: from + 1 })).toEqual(found);
        expect(await observe(stream, { from: from - HOUR, to: from })).toEqual([]);
        expect(await observe(stream, { from: from + world.resolution, to: from + HOUR })).toEqual([]);
      });

      test('hundreds of submissions, over many pages, are each there once', async () => {
        const crm = await ready();
        const stream = crm.streams.find(({ form }) => form === world.form)?.name ?? '';
        const from = world.clock.now();
        for (let index = 0; index < 130; index++) {
          world.submitForm(world.form, { email: `lead-${index}@acme.example` });
          await world.clock.advance(SECOND);
        }
        const found = await observe(stream, { from, to: world.clock.now() });
        expect(new Set(found.map(({ activity }) => activity.id)).size).toBe(130);
        expect(found).toHaveLength(130);
      });

      test('page views count once, be it as events or as counters', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const from = world.clock.now();
        for (const path of ['/', '/blog', '/pricing']) {
          world.visit(id, path);
          await world.clock.advance(MINUTE);
        }
        const counters = (await read(id)).counters.filter(({ type }) => type === 'page-view');
        const window = { from, to: world.clock.now() };
        const told = await Promise.all(crm.streams.map((stream) => observe(stream.name, window)));
        const events = told.flat().filter(({ activity }) => activity.type === 'page-view');
        const activities = [...counters, ...events.map(({ activity }) => activity)];
        expect(counters.length === 0 || events.length === 0).toBe(true);
        expect(activities.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(3);
        expect(activities.some(({ url, at }) => url?.endsWith('/pricing') && at === from + 2 * MINUTE)).toBe(true);
        expect(events.every(({ person }) => 'leadId' in person && person.leadId === id)).toBe(true);
      });
    });

    describe('follow-up tasks', () => {
      test('a task is found by its reference, and another is not', async () => {
        const crm = await ready();
        const id = world.addLead({ email: 'ada@acme.example' });
        const task = {
          leadId: id,
          ownerId: world.ownerId,
          subject: 'Demo',
          body: 'Line <1>\nLine 2',
          dueAt: world.clock.now() + 5 * MINUTE,
        };
        expect(await crm.findTask(id, 'demo-1')).toBeUndefined();
        const created = await crm.createTask({ ...task, reference: 'demo-12' });
        expect(await crm.findTask(id, 'demo-12')).toBe(created);
        expect(await crm.findTask(id, 'demo-1')).toBeUndefined();
      });
    });
  });
}
