import { DAY, HOUR } from '../../src/base/clock.ts';
import type { Outputs, SalesWord } from '../../src/crm/crm.ts';
import type { Channel } from '../../src/notices/channel.ts';
import type { Config } from '../../src/settings/config.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { sendNotices } from '../../src/sync/send-notices.ts';
import { type ConnectionJobs, jobsOf } from './connection-jobs.ts';
import { type StoryConfig, storyConfig } from './sales-story-config.ts';
import { playInHubspot } from './sales-story-hubspot.ts';
import { playInSalesforce } from './sales-story-salesforce.ts';
import type { TestClock } from './test-clock.ts';
import type { TestRedis } from './test-redis.ts';

/** Each CRM that a story is told of: `describe.each(CRMS)('in %s', (crm) => …)`. */
export const CRMS = ['HubSpot', 'Salesforce'] as const;
export type CrmName = (typeof CRMS)[number];

/** The stages of both CRMs, by one name each. */
export type StageWord = 'subscriber' | 'lead' | 'mql' | 'sql' | 'customer';

/** A lead of a story. */
export interface Person {
  readonly id: string;
  readonly email: string;
}

export interface NewPerson {
  /** `lead` unless told. */
  readonly stage?: StageWord;
  /** Who owns them, by address; nobody unless told, which in Salesforce is a queue. */
  readonly owner?: string;
  /** Who owns their company, by address. In Salesforce it makes a Contact of them. */
  readonly accountOwner?: string;
  /** With nothing known but the address: fits by 5 points, and has no MQL before `getsKnown`. */
  readonly isStranger?: boolean;
  /** `Germany` unless told. */
  readonly country?: string;
}

export interface StoryTask {
  readonly subject: string;
  /** The address of its owner; undefined where it has none, or a queue. */
  readonly owner: string | undefined;
  /** Milliseconds since 1970; in Salesforce that of its reminder, as a task has a day alone. */
  readonly dueAt: number | undefined;
}

/** What both CRMs are to a story: people do something, and one looks at what a CRM shows them. */
export interface Played {
  /** Somebody in sales adds a lead who fits well enough for an MQL (55 points) and has done nothing yet. */
  addProspect(name: string, own?: NewPerson): Person;
  /** Of a stranger, their title, company and country come to be known. */
  getsKnown(person: Person): void;
  /** Somebody sends a form, or responds to the campaign of this key. In Salesforce only the first time counts. */
  submit(form: string, person: Person): void;
  /** They look at a page of the site: `/pricing` gives 11 points, each day anew up to 30. */
  visit(person: Person, path: string): void;

  /** Sales set their status to a value that says this, or to one that says nothing. */
  say(person: Person, word: SalesWord | 'none'): void;
  /** People move the stage, be it back. */
  moveTo(person: Person, stage: StageWord): void;
  /** Sales call now: they speak with the person, or reach nobody. */
  call(person: Person, how?: { readonly reached?: boolean }): void;
  /** Sales write to the person now, or the person to sales. */
  write(person: Person, how?: { readonly incoming?: boolean }): void;
  /** They meet now, for half an hour, which begins half an hour ago. */
  meets(person: Person): void;
  assign(person: Person, owner: string): void;

  stage(person: Person): StageWord | undefined;
  /** The address of who owns a lead; undefined for nobody, and for a queue. */
  owner(person: Person): string | undefined;
  /** The tasks that leadgauge made, the oldest first. */
  tasks(person: Person): readonly StoryTask[];
  /** What an output of a model holds, as people see it: times in milliseconds since 1970, flags as text; undefined where it is empty. */
  held(person: Person, output: keyof Outputs, model?: string): string | number | boolean | undefined;
  /** The ids of those in the list or campaign of a nurture rule. */
  series(rule: string): readonly string[];
  /** Requests that wrote to leads. */
  writes(): number;

  /** Somebody joins sales, besides `TEAM`. */
  joins(email: string): void;
  /** Somebody leaves. */
  leaves(email: string): void;
}

/** Jobs run when the story says so, by a clock that stands still until it is moved. It begins on a Monday at 9 UTC. */
export interface SalesStory extends Played, Omit<ConnectionJobs, 'sync'> {
  readonly crm: CrmName;
  readonly connection: Connection;
  readonly clock: TestClock;
  /** What the schedules would do in some minutes: polls, due times, follow-ups, drains, accounts, notices. */
  sync(): Promise<void>;
  asksForDemo(person: Person): void;
  /** What makes an MQL of a prospect: the e-book and the whitepaper, 15 points each. */
  showsInterest(person: Person): void;
  /** They show interest, and everything is told of it within an hour. */
  becomeMqls(...people: readonly Person[]): Promise<void>;
  /** Every output of a model that holds something. */
  outputs(person: Person, model?: string): Partial<Record<keyof Outputs, string | number | boolean>>;
  /** Lets time pass in steps of a day, or of `step` milliseconds, with a sync and then `each` after every one. */
  pass(ms: number, options?: Passing): Promise<void>;
  /** The stages that a person was seen in as time passed, each once in a row: `['lead', 'mql', 'lead']`. */
  stagesWhile(person: Person, ms: number, options?: Passing): Promise<readonly (StageWord | undefined)[]>;
  /** Redis loses everything; a backfill and a sync follow, as the docs tell people to do. */
  losesRedis(): Promise<void>;
  /** Another process on the same CRM and Redis, with this config. */
  reopen(config: Config): Promise<SalesStory>;
}

export interface Passing {
  readonly step?: number;
  /** What happens after each sync, by the time in milliseconds since 1970. */
  readonly each?: (now: number) => unknown;
}

export interface StoryOptions extends StoryConfig {
  /** In place of what `StoryConfig` makes of the shipped config. */
  readonly config?: Config;
  /** By what sales are told. */
  readonly channels?: (clock: TestClock) => readonly Channel[];
}

/** What a CRM's side of a story gives. */
export interface Opened {
  readonly played: Played;
  readonly connection: Connection;
  readonly clock: TestClock;
  /** How late the CRM's index learns of changes, in milliseconds. */
  readonly lateness: number;
  reopen(config: Config): Promise<Opened>;
}

/** A CRM with three people in sales and no leads, set up and connected; nothing was backfilled. */
export async function openSalesStory(redis: TestRedis, crm: CrmName, options: StoryOptions = {}): Promise<SalesStory> {
  const config = options.config ?? storyConfig(options);
  const rules = options.series ?? ['content'];
  const opened =
    crm === 'HubSpot' ? await playInHubspot(redis, config, rules) : await playInSalesforce(redis, config, rules);
  return tell(redis, crm, opened, options.channels);
}

function tell(redis: TestRedis, crm: CrmName, opened: Opened, channels: StoryOptions['channels']): SalesStory {
  const { played, clock, lateness } = opened;
  const connection = { ...opened.connection, channels: channels?.(clock) ?? [] };
  const jobs = jobsOf(connection, clock, { lateness });
  const story: SalesStory = {
    ...played,
    ...jobs,
    crm,
    connection,
    clock,
    async sync() {
      await jobs.sync();
      await sendNotices(connection);
    },
    asksForDemo: (person) => played.submit('demo-request', person),
    showsInterest(person) {
      played.submit('ebook', person);
      played.submit('whitepaper', person);
    },
    async becomeMqls(...people) {
      for (const person of people) story.showsInterest(person);
      await story.pass(HOUR, { step: HOUR });
      const others = people.filter((person) => played.stage(person) !== 'mql');
      if (others.length > 0) throw new Error(`no MQL: ${others.map(({ email }) => email).join(', ')}`);
    },
    outputs(person, model) {
      const held = OUTPUTS.map((key) => [key, played.held(person, key, model)] as const);
      return Object.fromEntries(held.filter(([, value]) => value !== undefined));
    },
    async pass(ms, { step = DAY, each } = {}) {
      const end = clock.now() + ms;
      while (clock.now() < end) {
        await clock.advance(Math.min(step, end - clock.now()));
        await story.sync();
        await each?.(clock.now());
      }
    },
    async stagesWhile(person, ms, { step, each } = {}) {
      const seen = [played.stage(person)];
      const look = () => {
        if (played.stage(person) !== seen.at(-1)) seen.push(played.stage(person));
      };
      await story.pass(ms, {
        ...(step !== undefined && { step }),
        async each(now) {
          look();
          await each?.(now);
        },
      });
      look();
      return seen;
    },
    async losesRedis() {
      await redis.flush();
      await story.backfill();
      await story.sync();
    },
    reopen: async (config) => tell(redis, crm, await opened.reopen(config), channels),
  };
  return story;
}

const OUTPUTS = [
  'score',
  'fit',
  'engagement',
  'grade',
  'reasons',
  'flags',
  'mql',
  'persona',
  'disqualified',
  'modelVersion',
  'scoredAt',
  'mqlAt',
  'route',
  'fastTrack',
  'fastTrackAt',
  'leadAt',
  'recycledAt',
  'stageReason',
  'nurture',
  'nurtureAt',
  'routedAt',
  'followUpBy',
  'followUp',
  'firstTouchedAt',
  'attempts',
  'overdue',
] as const satisfies readonly (keyof Outputs)[];
