import { normaliseText } from '../../leads/text.ts';
import type { ConditionSource } from '../condition-schema.ts';
import type { ModelPath, ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Routes that nobody takes, or that nobody learns of. */
export function oddRoutes(source: ModelSource): ModelProblem[] {
  return [...salesWarnings(source), ...takenByFastTracks(source)];
}

function salesWarnings({ routes, fast_track }: ModelSource): ModelProblem[] {
  const path = ['routes', 'sales'];
  const { when, task, notify, follow_up_within: within } = routes?.sales ?? {};
  const fastTracksAlone = when === 'fast_track';
  const found: ModelProblem[] = [];
  if (fastTracksAlone && fast_track.length === 0)
    found.push({ path: [...path, 'when'], message: 'nobody goes to sales: the model has no "fast_track"' });
  if (fastTracksAlone && within !== undefined) {
    const message = 'this is for MQLs, and "when: fast_track" sends none to sales; each fast track says its own';
    found.push({ path: [...path, 'follow_up_within'], message });
  }
  if (task === false && notify?.length === 0)
    found.push({ path, message: 'nobody learns who goes to sales: no task is made, and "notify" names nobody' });
  return found;
}

/** Forms of nurture rules that send whoever submits them to sales in any case. */
function takenByFastTracks({ fast_track, routes }: ModelSource): ModelProblem[] {
  const taken = new Map<string | undefined, string>();
  for (const { id, when } of fast_track.toReversed())
    for (const form of isPlain(when) ? (when.form ?? []) : []) taken.set(normaliseText(form), id);
  return (routes?.nurture ?? []).flatMap(({ id, when }, index) =>
    formsIn(when, ['routes', 'nurture', index, 'when']).flatMap(({ form, path }) => {
      const track = taken.get(normaliseText(form));
      if (track === undefined) return [];
      return [{ path, message: `nobody gets into "${id}" by this form: "${track}" sends them straight to sales` }];
    }),
  );
}

/** Whether it asks for forms and for nothing else. */
function isPlain(when: ConditionSource): boolean {
  const { activity, form, ...others } = when;
  return activity === 'form-submission' && form !== undefined && Object.keys(others).length === 0;
}

function formsIn({ all = [], form = [] }: ConditionSource, path: ModelPath): { form: string; path: ModelPath }[] {
  return [
    ...form.map((one, index) => ({ form: one, path: [...path, 'form', index] })),
    ...all.flatMap((part, index) => formsIn(part, [...path, 'all', index])),
  ];
}
