import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { FEWEST_BUYERS, tooLittleData } from '../analysis/enough-data.ts';
import { systemClock } from '../base/clock.ts';
import { ConfigError } from '../base/errors.ts';
import { OUTCOMES, type Outcome } from '../crm/outcome.ts';
import type { ActivityType } from '../leads/activity.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Settings } from '../settings/settings.ts';
import { type Connection, keepFor } from '../sync/connection.ts';
import type { ListOptions } from '../sync/history/list-past-leads.ts';
import { NOBODY_BOUGHT } from '../sync/history/outcomes.ts';
import { removeForgotten } from '../sync/history/partitions.ts';
import { type ReadPast, withPast } from '../sync/history/read-past.ts';
import { oneConnection, scoredConnections } from './connections.ts';
import { BEFORE, type HistoryFlags, outcomeOf, SINCE } from './history-options.ts';
import { OUTCOME_WORDS } from './history-words.ts';
import type { Io } from './io.ts';
import type { App } from './open-app.ts';
import { counted } from './print.ts';
import { type Progress, silentProgress, startProgress } from './progress.ts';
import { withApp } from './with-app.ts';

export interface CrmHistoryOptions {
  /** The connection that is asked for, where it is named. */
  readonly name: string | undefined;
  readonly flags: HistoryFlags;
  /** Whether standard error is told nothing of how far it is. */
  readonly isQuiet: boolean;
  /** What the leads are to be scored by: says how far back what they did is asked for. */
  readonly models: readonly CompiledModel[];
  /** What is to be known of what leads did besides what any model asks for; nothing when absent. */
  readonly types?: readonly ActivityType[];
  /** Called with each record of the CRM, as it is now. */
  readonly onRecord?: ListOptions['onRecord'];
  /** Whether there is work to do even where too few bought to say anything of that. */
  readonly evenWithoutBuyers?: boolean;
}

/** What the CRM remembers, and what is needed to work with it. */
export interface CrmHistory {
  readonly connection: Connection;
  readonly past: ReadPast;
  /** Why nothing can be said of who bought, in sentences; absent where enough did. */
  readonly tooFewBuyers?: string;
  /** As of when leads are looked at at the earliest, in milliseconds since 1970. */
  readonly since: number;
  /** How long before they bought buyers are looked at, in milliseconds. */
  readonly before: number;
  /** Tells how a further step of the work is getting on. */
  progress(title: string, total: number): Progress;
}

/**
 * Reads what one CRM remembers of its leads, telling how far it is, and does the work with it. Nothing is written anywhere but to a
 * folder that is gone afterwards.
 * @throws ConfigError where several CRMs are on and none is named, or the CRM tells of too few who bought and the work needs more.
 */
export async function withCrmHistory<Result>(
  io: Io,
  { name, flags, isQuiet, models, types = [], onRecord, evenWithoutBuyers = false }: CrmHistoryOptions,
  work: (history: CrmHistory) => Promise<Result>,
): Promise<Result> {
  const wanted = outcomeOf(flags);
  const { since: length = SINCE, before = BEFORE } = flags;
  const alsoAsked = ['deal-won' as const, ...types, ...models.flatMap(({ activityTypes }) => activityTypes)];
  const longestWindow = Math.max(...models.map((model) => model.longestWindow));
  return withApp(
    io,
    async (app) => {
      const connection = oneConnection({ connections: scoredConnections(app, name) }, name);
      const beside = app.connections.filter((each) => each !== connection);
      for (const { crm } of [connection, ...beside]) await crm.connect({ readOnly: true });
      const { now } = connection.clock;
      const outcome = wanted ?? configuredOutcome(app.settings, connection.crm.name);
      const progress = (title: string, total?: number) =>
        isQuiet ? silentProgress : startProgress(io, { title, now, ...(total !== undefined && { total }) });
      const since = now() - length;
      const folder = folderFor(app);
      removeForgotten(folder, systemClock.now());
      const reading = progress('Reading what the CRM remembers');
      const options = {
        beside,
        folder,
        since,
        before,
        lookBack: keepFor({ longestWindow }),
        evenWithoutBuyers,
        signal: io.signal,
        ...(outcome !== undefined && { outcome }),
        ...(onRecord !== undefined && { onRecord }),
        onLeads: (count: number) => reading.update(0, `${counted(count, 'lead')} read`),
        onActivities: (count: number) => reading.update(0, `${count.toLocaleString('en-US')} activities read`),
      };
      return withPast(connection, options, async (past) => {
        reading.finish(`Read ${counted(past.count, 'lead')}.`);
        const tooFewBuyers = tooFewOf(past);
        if (tooFewBuyers !== undefined && !evenWithoutBuyers) throw new ConfigError(tooFewBuyers);
        return work({ connection, past, since, before, progress, ...(tooFewBuyers !== undefined && { tooFewBuyers }) });
      });
    },
    { alsoAsked },
  );
}

/** What the CRM's file in `config/` says. */
function configuredOutcome({ hubspot, salesforce }: Settings, crm: string): Outcome | undefined {
  return (crm === 'salesforce' ? salesforce : hubspot)?.value.outcome;
}

/** Beside what leadgauge keeps, where there is such a folder: what people did is not to lie about elsewhere. */
function folderFor({ settings }: App): string {
  const { dataDir } = settings.environment;
  return statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() ? dataDir : tmpdir();
}

/** Where too few bought to say anything, that it is so, with the other outcomes that the CRM tells of. */
function tooFewOf({ outcome, outcomes, at, bought, count }: ReadPast): string | undefined {
  if (OUTCOMES.every((each) => outcomes[each] === 0)) return NOBODY_BOUGHT;
  const isAnyLooked = bought.includes(1);
  if (!isAnyLooked && outcomes[outcome] > 0) return ALL_LEFT_OUT;
  // Where nobody bought, nobody else is looked at either.
  const looked = isAnyLooked ? bought.filter((_, lead) => !Number.isNaN(at[lead])) : new Uint8Array(count);
  const lacking = tooLittleData(looked);
  // As many came to another one: it would send people in a circle.
  const others = OUTCOMES.filter((each) => outcomes[each] >= Math.max(FEWEST_BUYERS, 2 * outcomes[outcome]));
  if (lacking === undefined || others.length === 0) return lacking;
  const told = others.map((each) => `--outcome ${each} (${counted(outcomes[each], 'lead')})`);
  return `${lacking} What counted was that ${OUTCOME_WORDS[outcome]}; the CRM also tells of ${told.join(' and ')}.`;
}

const ALL_LEFT_OUT =
  'nothing can be said of who bought: all of them were customers when the CRM came to know them, or bought longer ago than is looked at; ' +
  '--since looks back farther';
