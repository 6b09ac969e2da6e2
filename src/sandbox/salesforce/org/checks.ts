import type { Draft } from './draft.ts';
import type { Org, Writing } from './org.ts';
import { refusal, type WriteError } from './write-result.ts';

/** The failure that a test ordered for this write. A lock on an account or a campaign holds up what belongs to it, too. */
export function orderedRefusal(org: Org, draft: Draft): WriteError | undefined {
  const ids = [draft.before?.id ?? null, draft.get('AccountId'), draft.get('CampaignId')];
  return org.refusals.meet(draft.type, ids);
}

/** Required fields, unique ones, validation rules and duplicate rules, in this order. */
export function checkRules(org: Org, draft: Draft, how: Writing): WriteError | undefined {
  return missingFields(draft) ?? takenValue(draft) ?? brokenRule(org, draft) ?? duplicateOf(org, draft, how);
}

/** What an update leaves alone was there before. */
function missingFields({ objectType, before, changes }: Draft): WriteError | undefined {
  const looked = before === undefined ? objectType.fields() : [...changes.keys()];
  const missing = looked
    .filter((field) => field.required && (changes.get(field) ?? null) === null)
    .map(({ name }) => name);
  if (missing.length === 0) return undefined;
  return refusal('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

function takenValue({ objectType: type, changes, before }: Draft): WriteError | undefined {
  for (const [field, value] of changes) {
    if (!field.unique || typeof value !== 'string') continue;
    const other = type.where(field.name, value).find((record) => record !== before);
    if (other === undefined) continue;
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${other.id}`;
    return refusal('DUPLICATE_VALUE', message, [field.name]);
  }
  return undefined;
}

function brokenRule(org: Org, draft: Draft): WriteError | undefined {
  const rule = org.validationRules.find(({ type, refuses }) => type === draft.type && refuses(draft));
  if (rule === undefined) return undefined;
  return refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, rule.field === undefined ? [] : [rule.field]);
}

function duplicateOf(org: Org, draft: Draft, { allowDuplicates = false }: Writing): WriteError | undefined {
  if (allowDuplicates) return undefined;
  for (const { type, field } of org.duplicateRules) {
    if (type !== draft.type || !draft.isChanged(field)) continue;
    const others = draft.objectType.where(field, draft.text(field)).filter((record) => record !== draft.before);
    if (others.length === 0) continue;
    const error = refusal('DUPLICATES_DETECTED', 'Use one of these records?');
    return { ...error, duplicates: others.map(({ id }) => id) };
  }
  return undefined;
}
