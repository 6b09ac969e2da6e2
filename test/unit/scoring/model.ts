import { parse } from 'yaml';
import type { Activity } from '../../../src/leads/activity.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import { parseList } from '../../../src/leads/lists.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import type { CompiledModel } from '../../../src/scoring/compiled-model.ts';
import { ModelError, type ModelProblem } from '../../../src/scoring/model-error.ts';
import { type ModelSource, modelSchema } from '../../../src/scoring/model-schema.ts';

/** A Monday. */
export const NOW = Date.UTC(2026, 10, 2, 12);

export const LISTS = new Map([
  ['competitors', parseList('rival.com\nOther Rival Inc # since 2024\n')],
  ['target-accounts', parseList('# our best\nacme.com\n')],
]);

interface Parts {
  readonly fit?: string;
  readonly fitOptions?: string;
  readonly engagement?: string;
  readonly engagementOptions?: string;
  readonly rest?: string;
}

/** A whole model around the criteria that a test is about, as YAML; each part is flow YAML. */
export function yamlOf({ fit, fitOptions, engagement, engagementOptions, rest }: Parts): string {
  return `
model: test
name: Test
fit: { max: 100, ${fitOptions ?? ''} groups: [${fit ?? '{ name: Any, criteria: [{ id: any-fit, when: { field: any, exists: true }, points: 100 }] }'}] }
engagement: { max: 100, window: 180d, ${engagementOptions ?? ''} groups: [${engagement ?? '{ name: Any, criteria: [{ id: any-call, when: { activity: call }, points: 1 }] }'}] }
${
  rest ??
  `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }`
}
`;
}

export function sourceOf(yaml: string): ModelSource {
  return modelSchema.parse(parse(yaml));
}

export function modelOf(parts: Parts): CompiledModel {
  return compileModel(sourceOf(yamlOf({ fitOptions: LOOSE, engagementOptions: LOOSE, ...parts })), { lists: LISTS });
}

const LOOSE = 'floor: none,';

/** Fit criteria in one group without a cap. */
export function fitModel(...criteria: string[]): CompiledModel {
  return modelOf({
    fit: `{ name: Fit, criteria: [{ id: base, when: { field: never, exists: true }, points: 100 }, ${criteria.join(', ')}] }`,
  });
}

/** Engagement criteria in one group without a cap. */
export function engagementModel(...criteria: string[]): CompiledModel {
  return modelOf({
    engagement: `{ name: Web, criteria: [{ id: base, when: { activity: call }, points: 100 }, ${criteria.join(', ')}] }`,
  });
}

/** What is wrong with a model, by path. */
export function problemsOf(yaml: string): Record<string, string> {
  try {
    compileModel(sourceOf(yaml), { lists: LISTS });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (new Set(error.message.split('\n')).size < error.problems.length) throw new Error('a problem is told twice');
    return Object.fromEntries(error.problems.map(({ path, message }: ModelProblem) => [path.join('.'), message]));
  }
  return {};
}

/** What is legal in a model and likely wrong, by path. */
export function warningsOf(yaml: string): Record<string, string> {
  const { warnings } = compileModel(sourceOf(yaml), { lists: LISTS });
  return Object.fromEntries(warnings.map(({ path, message }) => [path.join('.'), message]));
}

export function leadOf(fields: Record<string, string> = {}, emails: readonly string[] = []): Lead {
  return { id: '1', formerIds: [], emails, fields, createdAt: 0 };
}

let next = 0;

/** A page view so many milliseconds ago. */
export function view(url: string, ago = 0, more: Partial<Activity> = {}): Activity {
  next += 1;
  return { id: `view-${next}`, type: 'page-view', at: NOW - ago, url, ...more };
}

export function submission(form: string, ago = 0, more: Partial<Activity> = {}): Activity {
  next += 1;
  return { id: `submission-${next}`, type: 'form-submission', at: NOW - ago, name: form, ...more };
}
