import { MINUTE } from '../base/clock.ts';
import { normaliseText } from '../leads/text.ts';
import { readRuleStarts, saveRuleStart } from '../ledger/fast-tracks.ts';
import { readCursor } from '../ledger/progress.ts';
import type { CompiledModel, FastTrackRule } from '../scoring/compiled-model.ts';
import type { FastTrack } from '../scoring/score.ts';
import type { Connection } from './connection.ts';
import { isEveryoneKnown, knowsEveryone } from './everyone-known.ts';

/** Tells from when on what a rule of a model names alerts sales, in milliseconds since 1970. */
export type FastTrackStarts = (model: CompiledModel, fastTrack: FastTrack) => number;

/** What decides whether a request alerts sales. */
export interface AlertRules {
  readonly now: number;
  /** When leadgauge first saw this portal, in milliseconds since 1970. */
  readonly baseline: number;
  /** Whether a backfill has scored everyone once. Until then nobody can be told to have crossed: the ledger is still filling. */
  readonly everyoneKnown: boolean;
  readonly startOf: FastTrackStarts;
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

async function rulesAt(
  connection: Connection,
  stand: Omit<AlertRules, 'startOf'>,
  save: SaveStart,
): Promise<AlertRules> {
  return { ...stand, startOf: await fastTrackStarts(connection, stand, save) };
}

type SaveStart = (key: string, start: number) => Promise<void>;

/**
 * A rule that is new does not alert sales to what people did long before: it begins where the poll of its form stands,
 * for what that has not seen may still belong to an older rule. The rules of the first backfill begin with the baseline.
 */
async function fastTrackStarts(
  { crm, models, space, beside = [] }: Connection,
  { now, baseline, everyoneKnown }: Omit<AlertRules, 'startOf'>,
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

const rulesOf = ({ rules }: CompiledModel) => [...rules.values()].flatMap(({ fastTracks }) => fastTracks);

const keyOf = ({ meaning }: FastTrackRule, form: string) => `${meaning} ${form}`;
