import { normaliseText } from '../leads/text.ts';
import type { Compilation } from './compilation.ts';
import { compileSplit } from './compile-condition.ts';
import type { FastTrackRule } from './compiled-model.ts';
import type { ModelSource } from './model-schema.ts';
import { hashCondition } from './model-version.ts';

/** Compiles the fast-track rules and tells which forms they name, sorted. */
export function compileFastTracks(
  source: ModelSource['fast_track'],
  to: Compilation,
): { rules: FastTrackRule[]; forms: string[] } {
  const forms = new Set<string>();
  const rules = source.flatMap((rule, index): FastTrackRule[] => {
    const path = ['fast_track', index, 'when'];
    const { activity, holds } = compileSplit(rule.when, path, to);
    if (activity === undefined) {
      to.problems.push({
        path,
        message:
          'a fast track begins with something that the person did: add an activity, such as activity: form-submission',
      });
      return [];
    }
    if (activity.type === 'form-submission' && activity.forms.length === 0) {
      to.problems.push({
        path: activity.path,
        message: 'name the forms that go straight to sales, such as form: [demo-request]',
      });
    }
    for (const form of activity.forms) forms.add(form);
    const { type, matches } = activity;
    return [
      {
        id: rule.id,
        type,
        matches,
        holds,
        forms: activity.forms.flatMap((form) => normaliseText(form) ?? []),
        meaning: hashCondition(rule.when),
        followUpWithin: rule.follow_up_within,
      },
    ];
  });
  return { rules, forms: [...forms].sort() };
}
