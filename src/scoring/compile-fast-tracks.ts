import { DAY } from '../base/clock.ts';
import { normaliseText } from '../leads/text.ts';
import { hashAsked } from './asked-hash.ts';
import type { Compilation } from './compilation.ts';
import type { ActivityCondition } from './compile-activity.ts';
import { compileSplit } from './compile-split.ts';
import type { FastTrackRule, FieldRule } from './compiled-model.ts';
import { hashCondition } from './condition-meaning.ts';
import type { ModelSource } from './model-schema.ts';

export interface FastTracks {
  /** Those that an activity sets off. */
  readonly rules: readonly FastTrackRule[];
  readonly fieldRules: readonly FieldRule[];
  /** The forms that they name, sorted. */
  readonly forms: readonly string[];
}

/** Compiles the fast-track rules. */
export function compileFastTracks(source: ModelSource, to: Compilation): FastTracks {
  const rules: FastTrackRule[] = [];
  const fieldRules: FieldRule[] = [];
  const forms = new Set<string>();
  for (const [index, { id, when, follow_up_within: within }] of source.fast_track.entries()) {
    const path = ['fast_track', index];
    const { activity, inactivity, holds } = compileSplit(when, [...path, 'when'], to);
    const meaning = hashCondition(when, source.personas);
    if (inactivity !== undefined) {
      to.problems.push({
        path: inactivity.path,
        message: 'nobody is fast-tracked for doing nothing: ask for an activity or about fields',
      });
    } else if (activity !== undefined) {
      checkForms(activity, to);
      if (within === undefined) {
        to.problems.push({ path, message: 'missing key "follow_up_within": how soon sales must answer, such as 5m' });
      }
      for (const form of activity.forms) forms.add(form);
      const { type, matches, asks } = activity;
      const named = activity.forms.flatMap((form) => normaliseText(form) ?? []);
      rules.push({
        id,
        type,
        matches,
        asks,
        holds,
        forms: named,
        meaning,
        followUpWithin: within ?? DAY,
      });
    } else if (holds !== undefined) {
      fieldRules.push({ id, meaning, asked: hashAsked(when, source, to), holds, followUpWithin: within ?? DAY });
    }
  }
  return { rules, fieldRules, forms: [...forms].sort() };
}

function checkForms({ type, forms, path }: ActivityCondition, { problems }: Compilation): void {
  if (type === 'form-submission' && forms.length === 0) {
    problems.push({ path, message: 'name the forms that go straight to sales, such as form: [demo-request]' });
  }
}
