import { DAY } from '../base/clock.ts';
import { normaliseText } from '../leads/text.ts';
import type { Compilation } from './compilation.ts';
import { compileSplit } from './compile-split.ts';
import type { LeadGates, NurtureRule, Recycle, SalesRoute } from './compiled-model.ts';
import { hashCondition } from './condition-meaning.ts';
import type { ModelSource } from './model-schema.ts';
import type { RoutesSource } from './routes-schema.ts';

/** Who goes to sales; what a model does not say is as it was before there were routes. */
export function salesRoute(routes: RoutesSource | undefined): SalesRoute {
  const { when, task, notify = ['owner'], follow_up_within: followUpWithin = DAY } = routes?.sales ?? {};
  return { mql: when !== 'fast_track', task: taskOf(task), notify: [...new Set(notify)], followUpWithin };
}

function taskOf(task: boolean | 'fast_track' | undefined): SalesRoute['task'] {
  if (task === true) return 'all';
  return task === false ? 'none' : 'fast-track';
}

/** Compiles what leads into a nurture series: an activity each. */
export function compileNurture(source: ModelSource, to: Compilation): NurtureRule[] {
  return (source.routes?.nurture ?? []).flatMap(({ id, when }, index) => {
    const path = ['routes', 'nurture', index, 'when'];
    const problems = to.problems.length;
    const { activity, inactivity, holds } = compileSplit(when, path, to);
    // A condition that has problems of its own may well be meant to ask for an activity.
    if (to.problems.length > problems) return [];
    if (activity === undefined) {
      const message = 'a nurture series begins with something that the person did: ask for an activity';
      to.problems.push({ path: inactivity?.path ?? path, message });
      return [];
    }
    const { type, matches, asks, forms } = activity;
    if (type === 'form-submission' && forms.length === 0) {
      const message = 'name the forms that lead into the series, such as form: [ebook, whitepaper]';
      to.problems.push({ path: activity.path, message });
    }
    const named = forms.flatMap((form) => normaliseText(form) ?? []);
    return [{ id, type, matches, asks, holds, forms: named, meaning: hashCondition(when, source.personas) }];
  });
}

/** The gates from subscriber to lead. */
export function leadGatesOf({ lifecycle: { lead } }: ModelSource): LeadGates | undefined {
  return lead && { fit: lead.fit, engagement: lead.engagement };
}

/** When an MQL is given back. */
export function recycleOf({ lifecycle: { recycle } }: ModelSource): Recycle | undefined {
  return recycle && { below: recycle.engagement_below, for: recycle.for };
}
