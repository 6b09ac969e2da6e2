import type { ConditionSource } from '../condition-schema.ts';
import type { ModelSource } from '../model-schema.ts';
import { operatorNames } from '../operators.ts';

/** One question with one operator, or one about a persona or an activity, and the answer that it must have. */
export interface Literal {
  readonly question: ConditionSource;
  readonly answer: boolean;
}

/** More ways than this to meet one condition are not gone through. */
const MOST = 200;

/**
 * The ways in which a condition can be met: in each, all of its questions must have their answers. A question for a persona
 * brings along what the persona asks. Undefined where there are too many to look at.
 */
export function waysToMeet(
  condition: ConditionSource,
  personas: ModelSource['personas'],
  answer = true,
): readonly (readonly Literal[])[] | undefined {
  const { all, any, not, field, persona } = condition;
  const inner = (one: ConditionSource) => waysToMeet(one, personas, answer);
  if (all !== undefined) return answer ? together(all.map(inner)) : either(all.map(inner));
  if (any !== undefined) return answer ? either(any.map(inner)) : together(any.map(inner));
  if (not !== undefined) return waysToMeet(not, personas, !answer);
  if (field !== undefined) {
    const asked = operatorNames.filter((name) => condition[name] !== undefined);
    const literals = asked.map((name) => ({ question: { field, [name]: condition[name] }, answer }));
    return answer ? [literals] : literals.map((one) => [one]);
  }
  if (persona !== undefined && answer) {
    const each = persona.map((id) => {
      const own = [[{ question: { persona: [id] }, answer }]];
      const asks = personas?.[id];
      return asks === undefined ? own : together([own, waysToMeet(asks, personas)]);
    });
    return either(each);
  }
  return [[{ question: condition, answer }]];
}

type Ways = readonly (readonly Literal[])[] | undefined;

function either(parts: readonly Ways[]): Ways {
  if (parts.includes(undefined)) return undefined;
  const ways = parts.flatMap((part) => part ?? []);
  return ways.length > MOST ? undefined : ways;
}

/** To leave out a part that is too many asks for less, so what nothing meets even so nothing meets at all. */
function together(parts: readonly Ways[]): Ways {
  let ways: readonly (readonly Literal[])[] = [[]];
  for (const part of parts) {
    if (part === undefined || ways.length * part.length > MOST) continue;
    ways = ways.flatMap((way) => part.map((more) => [...way, ...more]));
  }
  return ways;
}
