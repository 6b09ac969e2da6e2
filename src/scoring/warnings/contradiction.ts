import { normaliseText } from '../../leads/text.ts';
import { conditionMeaning } from '../condition-meaning.ts';
import type { ConditionSource } from '../condition-schema.ts';
import { canonical } from '../hash.ts';
import type { Sources } from '../operator-row.ts';
import { operatorNames } from '../operators.ts';
import { fieldContradiction } from './field-contradiction.ts';
import type { Literal } from './literals.ts';

/** Why nothing can give all questions their answers, in plain words; undefined where something may. */
export function contradiction(literals: readonly Literal[], sources: Sources): string | undefined {
  const fields = Map.groupBy(literals, ({ question }) => question.field);
  for (const [field, own] of fields) {
    if (field === undefined) continue;
    const emptyList = own.find(
      ({ question: { in_list: list }, answer }) => answer && list !== undefined && sources.lists.get(list)?.size === 0,
    );
    if (emptyList !== undefined) return `the list "${emptyList.question.in_list}" has no entries`;
    if (fieldContradiction(field, own, sources))
      return `no value of ${field} can meet ${own.map(inWords).join(' and ')}`;
  }
  const personas = literals.flatMap(({ question: { persona }, answer }) => (answer ? (persona ?? []) : []));
  const [one, other] = new Set(personas);
  if (other !== undefined) return `a lead is of one persona only, not of "${one}" and "${other}"`;
  const asked = new Set(literals.filter(({ answer }) => answer).map(meaningOf));
  if (literals.some((literal) => !literal.answer && asked.has(meaningOf(literal))))
    return 'it asks for something and for its opposite';
  return literals.map(({ question }) => activityContradiction(question)).find((why) => why !== undefined);
}

function meaningOf({ question }: Literal): string {
  return canonical(conditionMeaning(question));
}

/** Activities that take time, and may carry their minutes. */
const WITHOUT_MINUTES = new Set([
  'page-click',
  'form-submission',
  'email-open',
  'email-click',
  'email-reply',
  'email-unsubscribe',
  'email-bounce',
  'sales-email',
  'deal-won',
  'download',
]);

function activityContradiction(question: ConditionSource): string | undefined {
  const { activity, form, name, at_least, at_most, between } = question;
  if (activity === undefined) return undefined;
  const asksMinutes = at_least !== undefined || at_most !== undefined || between !== undefined;
  if (asksMinutes && WITHOUT_MINUTES.has(activity)) return `an activity of type ${activity} has no minutes`;
  const low = Math.max(at_least ?? Number.NEGATIVE_INFINITY, between?.[0] ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(at_most ?? Number.POSITIVE_INFINITY, between?.[1] ?? Number.POSITIVE_INFINITY);
  if (low > high) return `nothing takes ${low} minutes or more and ${high} or less`;
  const names = new Set(name?.map(normaliseText));
  return form !== undefined && name !== undefined && !form.some((one) => names.has(normaliseText(one)))
    ? 'the name of a form submission is its form, so "form" and "name" must agree'
    : undefined;
}

/** Such as `at_least: 100` and `not in: germany, france`. */
function inWords({ question, answer }: Literal): string {
  const asked = operatorNames.find((name) => question[name] !== undefined);
  const value = asked === undefined ? '' : [question[asked]].flat().join(', ');
  return `"${answer ? '' : 'not '}${asked}: ${value}"`;
}
