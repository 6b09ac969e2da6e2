import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../../src/base/errors.ts';
import { ACTIVITY_TYPES } from '../../src/leads/activity.ts';
import { compileModel } from '../../src/scoring/compile-model.ts';
import { modelSchema } from '../../src/scoring/model-schema.ts';
import { scoreLead } from '../../src/scoring/score-lead.ts';
import { loadConfig } from '../../src/settings/config.ts';
import type { Example } from './docs-examples.ts';

const keys = z.record(z.string(), z.unknown());

/** The messages, without their places, that a config with this example in it gives. */
export function problemsOf({ info, text }: Example, folder: string): string[] {
  const dir = copyOfConfig(folder);
  const kind = info.split(' ')[1] ?? '';
  const file = kind === 'hubspot' || kind === 'schedules' ? `${kind}.yaml` : 'models/platform.yaml';
  const path = join(dir, file);
  const starter = keys.parse(parse(readFileSync(path, 'utf8')));
  writeFileSync(path, kind === 'model' ? text : stringify({ ...starter, ...partOf(kind, parse(text), starter) }));
  try {
    loadConfig(dir);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ message }) => message.replaceAll(dir, 'config'));
  }
}

/** The config of the checkout, to be changed at will. */
export function copyOfConfig(folder: string): string {
  const dir = mkdtempSync(join(folder, 'config-'));
  cpSync('config', dir, { recursive: true });
  return dir;
}

/** The keys that the example takes the place of; criteria come as a group of their own beside the others. */
function partOf(kind: string, example: unknown, starter: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (kind === 'hubspot') {
    const given = keys.parse(example);
    const merged = ['fields', 'forms'].filter((key) => key in given);
    return {
      ...given,
      ...Object.fromEntries(merged.map((key) => [key, { ...keys.parse(starter[key]), ...keys.parse(given[key]) }])),
    };
  }
  if (kind !== 'fit' && kind !== 'engagement') return keys.parse(example);
  const dimension = z.looseObject({
    groups: z.array(z.looseObject({ criteria: z.array(z.looseObject({ id: z.string() })) })),
  });
  const { groups, ...rest } = dimension.parse(starter[kind]);
  const ids = new Set(
    z
      .array(z.looseObject({ id: z.string() }))
      .parse(example)
      .map(({ id }) => id),
  );
  const others = groups.map((group) => ({ ...group, criteria: group.criteria.filter(({ id }) => !ids.has(id)) }));
  return { [kind]: { ...rest, groups: [...others, { name: 'The example', criteria: example }] } };
}

/** Whether a question of a model holds for a lead with this value, or for somebody who did this. */
export function holds(condition: string, value: string | undefined): boolean {
  const when = z
    .looseObject({ field: z.string().optional(), activity: z.enum(ACTIVITY_TYPES).optional() })
    .parse(parse(condition));
  const criteria = [{ id: 'asked', when, points: 3, flag: 'asked' }];
  const other = [{ id: 'other', when: { field: 'email', exists: true }, points: 3 }];
  const dimension = (own: boolean) => ({ max: 3, groups: [{ name: 'One', criteria: own ? criteria : other }] });
  const source = modelSchema.parse({
    model: 'asked',
    name: 'Asked',
    fit: dimension(when.field !== undefined),
    engagement: { ...dimension(when.activity !== undefined), window: '1d' },
    grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } },
    lifecycle: { mql: { fit: 0, engagement: 0 } },
  });
  const { field, activity: type, form } = when;
  const fields = field !== undefined && value !== undefined ? { [field]: value } : {};
  const lead = { id: '1', formerIds: [], emails: [], fields, createdAt: 0 };
  const did = form === undefined ? { url: value } : { name: value };
  const activities = type === undefined ? [] : [{ id: '1', type, at: 0, ...did }];
  return scoreLead(compileModel(source, { lists: loadConfig('config').lists }), lead, activities, 0).flags.includes(
    'asked',
  );
}
