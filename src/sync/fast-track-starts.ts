import { MINUTE } from '../base/clock.ts';
import { normaliseText } from '../leads/text.ts';
import { readRuleStarts, saveRuleStart } from '../ledger/fast-tracks.ts';
import { readCursor, readProgress } from '../ledger/progress.ts';
import type { CompiledModel, NurtureRule } from '../scoring/compiled-model.ts';
import type { FastTrack } from '../scoring/score.ts';
import type { Connection } from './connection.ts';
import { isEveryoneKnown, knowsEveryone } from './everyone-known.ts';
import { areInForce } from './models-in-force.ts';

/** Tells from when on what a rule of a model names alerts sales, in milliseconds since 1970. */
export type FastTrackStarts = (model: CompiledModel, hit: Pick<FastTrack, 'rule' | 'activity'>) => number;

/** What decides whether a request alerts sales. */
export interface AlertRules {
  readonly now: number;
  /** When leadgauge first saw this portal, in milliseconds since 1970. */
  readonly baseline: number;
  /** Whether a backfill has scored everyone once. Until then nobody can be told to have crossed: the ledger is still filling. */
  readonly everyoneKnown: boolean;
  readonly startOf: FastTrackStarts;
  /** The same of what a nurture rule names: from when on it routes a lead to its series. */
  readonly nurtureStartOf: FastTrackStarts;
  /** From when on a model gives leads back that are cold: who was to be given back before is left. */
  recycleStart(model: CompiledModel): number;
  /** Since when somebody looks after follow-ups. */
  readonly followUpStart: number;
}

interface Times {
  readonly now: number;
  readonly baseline: number;
}

/** For a sync: a rule that is new begins with it, and is forgotten by the first one that finds it gone. */
export async function alertRules(connection: Connection, times: Times): Promise<AlertRules> {
  const { space } = connection;
  const everyoneKnown = await knowsEveryone(connection);
  return rulesAt(connection, { ...times, everyoneKnown }, (key, start) => saveRuleStart(space, key, start));
}

/** The same as a sync would have it now, for who only looks: nothing is saved, so no rule begins by it. */
export async function readAlertRules(connection: Connection, times: Times): Promise<AlertRules> {
  const everyoneKnown = await isEveryoneKnown(connection);
  return rulesAt(connection, { ...times, everyoneKnown }, async () => {});
}

type Stand = Pick<AlertRules, 'now' | 'baseline' | 'everyoneKnown'>;

/** Undefined forgets it. */
type SaveStart = (key: string, start: number | undefined) => Promise<void>;

async function rulesAt(connection: Connection, stand: Stand, save: SaveStart): Promise<AlertRules> {
  const { models, sales, space } = connection;
  const { now, baseline } = stand;
  const known = await readRuleStarts(space);
  // The rules of the first backfill begin with the baseline.
  const isFirst = (await readProgress(space, 'model-version')) === undefined;
  const fresh = isFirst ? baseline : now;
  const starts = new Map<string, number>();
  const begin = async (key: string, freshStart: () => Promise<number> | number) => {
    const before = known.get(key);
    const start = before !== undefined && before <= now + MINUTE ? before : await freshStart();
    if (start !== before) await save(key, start);
    starts.set(key, start);
  };

  for (const kind of [FAST_TRACKS, NURTURE])
    for (const rule of models.models.flatMap(kind.rulesOf))
      for (const form of formsOf(rule))
        await begin(keyOf(kind, rule, form), async () => {
          // What no poll has read yet may still belong to a rule that this one takes the place of.
          const unread = wasAsked(known, kind, form) ? await unreadSince(connection, form, now) : undefined;
          return unread ?? fresh;
        });
  for (const { recycle, version } of models.models)
    if (recycle !== undefined) await begin(recycleKey(version), () => fresh);
  if (sales.followUp !== undefined) await begin(FOLLOW_UP, () => now);

  // Put back later, each begins anew: nobody is alerted or given back for what happened while it was out.
  const gone = [...known.keys()].filter((key) => !starts.has(key));
  if (gone.length > 0 && (await areInForce(connection))) for (const key of gone) await save(key, undefined);

  const startsOf =
    (kind: Kind): FastTrackStarts =>
    (model, { rule: id, activity }) => {
      const rule = kind.rulesOf(model).find((each) => each.id === id);
      const form = rule === undefined || rule.forms.length === 0 ? '' : (normaliseText(activity.name) ?? '');
      return (rule && starts.get(keyOf(kind, rule, form))) ?? now;
    };
  return {
    ...stand,
    startOf: startsOf(FAST_TRACKS),
    nurtureStartOf: startsOf(NURTURE),
    recycleStart: ({ version }) => starts.get(recycleKey(version)) ?? now,
    followUpStart: starts.get(FOLLOW_UP) ?? now,
  };
}

/** Whether a rule of this kind that was there until now names the form. */
function wasAsked(known: ReadonlyMap<string, number>, { prefix }: Kind, form: string): boolean {
  const formOf = (key: string) => key.slice(prefix.length).replace(/^\S+ /, '');
  return form !== '' && [...known.keys()].some((key) => key.startsWith(prefix) && formOf(key) === form);
}

/** Up to where the submissions of a form have been read; where several CRMs have it, by the slowest poll. Undefined where nobody polls it. */
async function unreadSince(
  { crm, space, beside = [] }: Connection,
  form: string,
  now: number,
): Promise<number | undefined> {
  const own = { space, streams: crm.streams };
  const others = beside
    .filter(({ role }) => role !== 'destination')
    .map(({ name, streams }) => ({ space: space.of(name), streams: streams?.() ?? [] }));
  const cursors: number[] = [];
  for (const each of [own, ...others]) {
    const stream = each.streams.find((one) => one.form !== undefined && normaliseText(one.form) === form);
    const cursor = stream === undefined ? undefined : await readCursor(each.space, stream.name, now);
    if (cursor !== undefined) cursors.push(cursor);
  }
  return cursors.length > 0 ? Math.min(...cursors) : undefined;
}

/** Rules that begin by themselves: one of the other kind that asks the same may have begun long before. */
interface Kind {
  readonly prefix: string;
  rulesOf(model: CompiledModel): readonly NurtureRule[];
}

const FAST_TRACKS: Kind = {
  prefix: '',
  rulesOf: ({ rules }) => [...rules.values()].flatMap(({ fastTracks }) => fastTracks),
};

const NURTURE: Kind = {
  prefix: 'nurture ',
  rulesOf: ({ nurtureRules }) => nurtureRules,
};

const formsOf = ({ forms }: NurtureRule) => (forms.length > 0 ? forms : ['']);

const keyOf = ({ prefix }: Kind, { meaning }: NurtureRule, form: string) => `${prefix}${meaning} ${form}`;

/** Another version gives other leads back. */
const recycleKey = (version: string) => `recycle ${version}`;

const FOLLOW_UP = 'follow-up';
