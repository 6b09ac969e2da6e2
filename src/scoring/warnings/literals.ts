import type { ConditionSource } from '../condition-schema.ts';
import type { ModelSource } from '../model-schema.ts';
import { operatorNames } from '../operators.ts';

/** One question with one operator, or one about a persona or an activity, and the answer that it must have. */
export interface Literal {
  readonly question: ConditionSource;
  readonly answer: boolean;
}

/** The ways to meet a condition: in each, all of its questions must have their answers. */
export interface Ways {
  readonly each: readonly (readonly Literal[])[];
  /** Whether they ask for all that the condition does: something was left out where it would have been too much. */
  readonly areWhole: boolean;
}

/** More ways than this to meet one condition are not gone through. */
const MOST = 200;

/**
 * The ways in which a condition can be met. A question for a persona brings along what the persona asks. Undefined where
 * there are too many to look at.
 */
export function waysToMeet(
  condition: ConditionSource,
  personas: ModelSource['personas'],
  answer = true,
): Ways | undefined {
  const { all, any, not, field, persona } = condition;
  const inner = (one: ConditionSource) => waysToMeet(one, personas, answer);
  if (all !== undefined) return answer ? together(all.map(inner)) : either(all.map(inner));
  if (any !== undefined) return answer ? either(any.map(inner)) : together(any.map(inner));
  if (not !== undefined) return waysToMeet(not, personas, !answer);
  if (field !== undefined) {
    const asked = operatorNames.filter((name) => condition[name] !== undefined);
    const literals = asked.map((name) => ({ question: { field, [name]: condition[name] }, answer }));
    return whole(answer ? [literals] : literals.map((one) => [one]));
  }
  if (persona !== undefined && answer) {
    const each = persona.map((id) => {
      const own = whole([[{ question: { persona: [id] }, answer }]]);
      const asks = personas?.[id];
      return asks === undefined ? own : together([own, waysToMeet(asks, personas)]);
    });
    return either(each);
  }
  return whole([[{ question: condition, answer }]]);
}

function whole(each: Ways['each']): Ways {
  return { each, areWhole: true };
}

function either(parts: readonly (Ways | undefined)[]): Ways | undefined {
  if (parts.includes(undefined)) return undefined;
  const each = parts.flatMap((part) => part?.each ?? []);
  return each.length > MOST ? undefined : { each, areWhole: parts.every((part) => part?.areWhole) };
}

/** To leave out a part that is too many asks for less, so what nothing meets even so nothing meets at all. */
function together(parts: readonly (Ways | undefined)[]): Ways {
  let each: Ways['each'] = [[]];
  let areWhole = true;
  for (const part of parts) {
    if (part === undefined || each.length * part.each.length > MOST) {
      areWhole = false;
      continue;
    }
    areWhole &&= part.areWhole;
    each = each.flatMap((way) => part.each.map((more) => [...way, ...more]));
  }
  return { each, areWhole };
}
