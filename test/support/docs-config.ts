import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { DAY } from '../../src/base/clock.ts';
import { ConfigError, type ConfigProblem } from '../../src/base/errors.ts';
import type { Activity } from '../../src/leads/activity.ts';
import { compileModel } from '../../src/scoring/compile-model.ts';
import { type ConditionSource, conditionSchema } from '../../src/scoring/condition-schema.ts';
import { modelSchema } from '../../src/scoring/model-schema.ts';
import { scoreLead } from '../../src/scoring/score-lead.ts';
import { loadConfig } from '../../src/settings/config.ts';
import type { Example } from './docs-examples.ts';

const keys = z.record(z.string(), z.unknown());

/** What is said, without its place, of a config with this example in it. */
export function messagesOf(
  { info, text }: Example,
  folder: string,
): { readonly problems: readonly string[]; readonly warnings: readonly string[] } {
  const dir = copyOfConfig(folder);
  const [, kind = ''] = info.split(' ');
  if (kind.endsWith('-models'))
    addModels(dir, Object.keys(z.object({ model_outputs: keys }).parse(parse(text)).model_outputs));
  const [name = ''] = kind.split('-');
  if (name === 'salesforce') switchCrms(dir);
  const file = OWN_FILES.includes(name) ? `${name}.yaml` : 'models/platform.yaml';
  const path = join(dir, file);
  const starter = keys.parse(parse(readFileSync(path, 'utf8')));
  writeFileSync(path, kind === 'model' ? text : stringify({ ...starter, ...partOf(kind, parse(text), starter) }));
  const said = (each: readonly ConfigProblem[]) => each.map(({ message }) => message.replaceAll(dir, 'config'));
  try {
    return { problems: [], warnings: said(loadConfig(dir).warnings) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: said(error.problems), warnings: [] };
  }
}

const OWN_FILES = ['hubspot', 'salesforce', 'schedules', 'sales'];

/** As for a company that has Salesforce alone. */
export function switchCrms(dir: string): void {
  for (const [name, role] of Object.entries({ hubspot: 'off', salesforce: 'both' })) {
    const file = join(dir, `${name}.yaml`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^role: .*$/m, `role: ${role}`));
  }
}

/** Models like the starter model, under other names. */
function addModels(dir: string, ids: readonly string[]): void {
  const starter = readFileSync(join(dir, 'models/platform.yaml'), 'utf8');
  for (const id of ids) writeFileSync(join(dir, `models/${id}.yaml`), starter.replace(/^model: .*$/m, `model: ${id}`));
}

/** The config of the checkout, to be changed at will. */
export function copyOfConfig(folder: string): string {
  const dir = mkdtempSync(join(folder, 'config-'));
  cpSync('config', dir, { recursive: true });
  return dir;
}

/** The keys that the example takes the place of; criteria come as a group of their own beside the others. */
function partOf(kind: string, example: unknown, starter: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (kind === 'hubspot' || kind === 'salesforce') {
    const given = keys.parse(example);
    const merged = ['fields', 'forms', 'campaigns'].filter((key) => key in given);
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

/**
 * Whether a question of a model holds for a lead with this value, for somebody who did this or took so many minutes for it,
 * or who has done nothing for so many days.
 */
export function holds(condition: string, value: string | undefined): boolean {
  const when: unknown = parse(condition);
  const read = conditionSchema.parse(when);
  const question = read.not ?? read;
  const { field } = question;
  const criteria = [{ id: 'asked', when, points: 3, flag: 'asked' }];
  const other = [{ id: 'other', when: { field: 'email', exists: true }, points: 3 }];
  const dimension = (own: boolean) => ({ max: 3, groups: [{ name: 'One', criteria: own ? criteria : other }] });
  const source = modelSchema.parse({
    model: 'asked',
    name: 'Asked',
    fit: dimension(field !== undefined),
    engagement: { ...dimension(field === undefined), window: '1d' },
    grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } },
    lifecycle: { mql: { fit: 0, engagement: 0 } },
  });
  const fields = field !== undefined && value !== undefined ? { [field]: value } : {};
  const lead = { id: '1', formerIds: [], emails: [], fields, createdAt: 0 };
  const at = question.inactive_for === undefined ? 0 : Number(value) * DAY;
  const { lists, titles } = loadConfig('config');
  return scoreLead(compileModel(source, { lists, titles }), lead, didOf(question, value), at).flags.includes('asked');
}

function didOf({ activity: type, form, name, url }: ConditionSource, value: string | undefined): Activity[] {
  if (type === undefined) return [];
  const did = { id: '1', type, at: 0 };
  if (value === undefined) return [did];
  if (form !== undefined || name !== undefined) return [{ ...did, name: value }];
  const minutes = Number(value);
  return [{ ...did, ...(url === undefined && Number.isFinite(minutes) ? { minutes } : { url: value }) }];
}
