import { MINUTE } from '../base/clock.ts';
import { normaliseText } from '../leads/text.ts';
import { readRuleStarts, saveRuleStart } from '../ledger/fast-tracks.ts';
import { readCursor } from '../ledger/progress.ts';
import type { CompiledModel, NurtureRule } from '../scoring/compiled-model.ts';
import type { FastTrack } from '../scoring/score.ts';
import type { Connection } from './connection.ts';
import { isEveryoneKnown, knowsEveryone } from './everyone-known.ts';

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

/** For a sync: a rule that is new begins with it, and from then on for good. */
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

async function rulesAt(connection: Connection, stand: Stand, save: SaveStart): Promise<AlertRules> {
  const recycleStarts = await startsOfRecycling(connection, stand, save);
  return {
    ...stand,
    startOf: await ruleStarts(connection, stand, FAST_TRACKS, save),
    nurtureStartOf: await ruleStarts(connection, stand, NURTURE, save),
    recycleStart: (model) => recycleStarts.get(model.id) ?? stand.now,
    followUpStart: await startOfFollowUps(connection, stand, save),
  };
}

type Stand = Omit<AlertRules, 'startOf' | 'nurtureStartOf' | 'recycleStart' | 'followUpStart'>;

async function startOfFollowUps({ sales, space }: Connection, { now }: Stand, save: SaveStart): Promise<number> {
  const known = (await readRuleStarts(space)).get(FOLLOW_UP);
  if (sales.followUp === undefined) {
    // Switched on again, it begins again.
    if (known !== undefined) await save(FOLLOW_UP, undefined);
    return now;
  }
  if (known !== undefined && known <= now + MINUTE) return known;
  await save(FOLLOW_UP, now);
  return now;
}

const FOLLOW_UP = 'follow-up';

async function startsOfRecycling(
  { models, space }: Connection,
  { now, baseline, everyoneKnown }: Stand,
  save: SaveStart,
): Promise<ReadonlyMap<string, number>> {
  const known = models.models.some(({ recycle }) => recycle !== undefined) ? await readRuleStarts(space) : new Map();
  const starts = new Map<string, number>();
  for (const { id, recycle, version } of models.models) {
    if (recycle === undefined) continue;
    const key = `recycle ${version}`;
    const before = known.get(key);
    const start = before !== undefined && before <= now + MINUTE ? before : everyoneKnown ? now : baseline;
    if (start !== before) await save(key, start);
    starts.set(id, start);
  }
  return starts;
}

type SaveStart = (key: string, start: number | undefined) => Promise<void>;

/**
 * A rule that is new does not alert sales to what people did long before: it begins where the poll of its form stands,
 * for what that has not seen may still belong to an older rule. The rules of the first backfill begin with the baseline.
 */
async function ruleStarts(
  { crm, models, space, beside = [] }: Connection,
  { now, baseline, everyoneKnown }: Stand,
  { rulesOf, keyOf }: Kind,
  save: SaveStart,
): Promise<FastTrackStarts> {
  const byModel = new Map(models.models.map((model) => [model.id, rulesOf(model)]));
  const rules = [...byModel.values()].flat();
  const known = await readRuleStarts(space);
  const starts = new Map<string, number>();
  for (const rule of rules) {
    for (const form of rule.forms.length > 0 ? rule.forms : ['']) {
      const key = keyOf(rule, form);
      const before = known.get(key);
      const start = before !== undefined && before <= now + MINUTE ? before : await newStart(form);
      if (start !== before) await save(key, start);
      starts.set(key, start);
    }
  }
  return (model, { rule: id, activity }) => {
    const rule = byModel.get(model.id)?.find((each) => each.id === id);
    const form = rule === undefined || rule.forms.length === 0 ? '' : (normaliseText(activity.name) ?? '');
    return (rule && starts.get(keyOf(rule, form))) ?? now;
  };

  /** Of a form that several CRMs have, what the slowest poll has not seen may still come. */
  async function newStart(form: string): Promise<number> {
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
    return cursors.length > 0 ? Math.min(...cursors) : everyoneKnown ? now : baseline;
  }
}

/** Rules that begin by themselves: one of the other kind that asks the same may have begun long before. */
interface Kind {
  rulesOf(model: CompiledModel): readonly NurtureRule[];
  keyOf(rule: NurtureRule, form: string): string;
}

const FAST_TRACKS: Kind = {
  rulesOf: ({ rules }) => [...rules.values()].flatMap(({ fastTracks }) => fastTracks),
  keyOf: ({ meaning }, form) => `${meaning} ${form}`,
};

const NURTURE: Kind = {
  rulesOf: ({ nurtureRules }) => nurtureRules,
  keyOf: ({ meaning }, form) => `nurture ${meaning} ${form}`,
};
