import type { Activity, ActivityType } from '../leads/activity.ts';
import { normaliseText } from '../leads/text.ts';
import type { Subject } from './compile-activity.ts';
import type {
  ActivityMatches,
  ActivityRules,
  CountedCriterion,
  Criterion,
  FastTrackRule,
  NurtureRule,
} from './compiled-model.ts';
import { remembering } from './remembering.ts';
import { addressOf, pathOf } from './url-pattern.ts';

/** What asks for activities. */
interface Asking {
  readonly criteria: readonly Criterion[];
  readonly fastTracks: readonly FastTrackRule[];
  readonly nurtures: readonly NurtureRule[];
}

/** Everything that asks for activities, by their type, so that an activity meets only what asks for its type. */
export function activityRules({ criteria, ...all }: Asking): ReadonlyMap<ActivityType, ActivityRules> {
  const counted = criteria.filter(isCounted);
  const types = new Set([...counted.map(({ counting }) => counting), ...all.fastTracks, ...all.nurtures].map(typeOf));
  return new Map(
    [...types].map((type) => {
      const own = {
        counted: counted.filter(({ counting }) => counting.type === type),
        fastTracks: all.fastTracks.filter((rule) => rule.type === type),
        nurtures: all.nurtures.filter((rule) => rule.type === type),
      };
      return [type, { ...own, matching: matcher(own) }];
    }),
  );
}

function typeOf({ type }: { readonly type: ActivityType }): ActivityType {
  return type;
}

function isCounted(criterion: Criterion): criterion is CountedCriterion {
  return criterion.counting !== undefined;
}

/** Tells what an activity of the type matches. Pages and forms come again and again, so it looks at each once. */
function matcher({ counted, fastTracks, nurtures }: ActivityMatches): (activity: Activity) => ActivityMatches {
  const asking = [...counted.map(({ counting }) => counting), ...fastTracks, ...nurtures];
  const asks = (what: 'name' | 'path' | 'minutes') => asking.some((one) => one.asks.includes(what));
  const matching = (subject: Subject): ActivityMatches => ({
    counted: counted.filter(({ counting }) => counting.matches(subject)),
    fastTracks: fastTracks.filter(({ matches }) => matches(subject)),
    nurtures: nurtures.filter(({ matches }) => matches(subject)),
  });
  if (asks('minutes') || (asks('name') && asks('path'))) return (activity) => matching(subjectOf(activity));
  const unknown = matching(NOTHING);
  if (asks('path')) {
    const onPage = remembering((address) => matching({ ...NOTHING, path: pathOf(address) }));
    return ({ url }) => (url === undefined ? unknown : onPage(addressOf(url)));
  }
  if (asks('name')) {
    const named = remembering((name) => matching({ ...NOTHING, name: normaliseText(name) }));
    return ({ name }) => (name === undefined ? unknown : named(name));
  }
  return () => unknown;
}

const NOTHING: Subject = { name: undefined, path: undefined, minutes: undefined };

function subjectOf({ name, url, minutes }: Activity): Subject {
  return { name: normaliseText(name), path: url === undefined ? undefined : pathOf(url), minutes };
}
