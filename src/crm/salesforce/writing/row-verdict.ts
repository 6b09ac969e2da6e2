import { FatalError, RecordError, RetryableError } from '../../../base/errors.ts';
import type { WriteOutcome } from '../../crm.ts';
import { type ErrorSort, sortError } from '../api/error-table.ts';
import { codesOf, fieldsOf, type Problem } from '../api/problems.ts';
import type { RowUpdate } from './row-update.ts';

/** What to do next about a row that Salesforce refused. */
export type RowVerdict =
  /** Somebody else holds its lock, or Salesforce stumbled: this row again. */
  | 'again'
  /** To its Contact. */
  | 'converted'
  /** To its Account, which is a person's. */
  | 'personAccount'
  /** It may have been deleted or merged, or is not shared with our user: look. */
  | 'missing'
  /** Its new owner cannot be: without one. */
  | 'owner'
  /** There is nothing more to try. */
  | 'refused';

export function verdictOn({ fields }: RowUpdate, problems: readonly Problem[]): RowVerdict {
  if ('OwnerId' in fields && problems.some(concernsOwner)) return 'owner';
  const sorts = sortsOf(problems);
  if (sorts.some((sort) => sort === 'retry-row' || sort === 'retry')) return 'again';
  if (sorts.includes('converted')) return 'converted';
  if (sorts.includes('person-account')) return 'personAccount';
  const named = problems.some((problem) => problem.fields.length > 0);
  if (sorts.includes('gone') || (sorts.includes('no-access') && !named)) return 'missing';
  return 'refused';
}

/** Who has left cannot own a record, nor can who may not see it; and who may edit a record may not always give it away. */
function concernsOwner({ code, fields }: Problem): boolean {
  if (OWNER_CODES.has(code) || fields.includes('OwnerId')) return true;
  return fields.length === 0 && code.startsWith('INSUFFICIENT_ACCESS');
}

const OWNER_CODES = new Set([
  'INACTIVE_OWNER_OR_USER',
  'TRANSFER_REQUIRES_READ',
  'OP_WITH_INVALID_USER_TYPE_EXCEPTION',
]);

/** What became of a row for good: names of fields and Salesforce's error codes, but no value and no text of theirs. */
export function refusedRow({ id, fields }: RowUpdate, problems: readonly Problem[]): WriteOutcome {
  return { id, status: 'failed', error: refusal(Object.keys(fields), problems) };
}

function refusal(written: readonly string[], problems: readonly Problem[]): FatalError | RecordError | RetryableError {
  const sorts = sortsOf(problems);
  const codes = codesOf(problems).join(', ');
  const named = fieldsOf(problems);
  const which = named.length === 0 ? '' : `: ${named.join(', ')}`;
  if (sorts.includes('fatal'))
    return new FatalError(`Salesforce refuses every write (${codes}): an administrator of the org must look`);
  if (sorts.includes('daily')) return new RetryableError(`Salesforce's limit of calls was reached (${codes})`);
  if (sorts.some((sort) => sort === 'retry-row' || sort === 'retry'))
    return new RetryableError(`the record stayed locked by others in Salesforce (${codes})`);
  if (sorts.includes('config')) return misfit(written, problems, `${codes}${which}`);
  if (sorts.includes('no-access'))
    return new RecordError(`the record is not shared with the integration user for editing (${codes}${which})`);
  if (sorts.includes('duplicate'))
    return new RecordError(`a duplicate rule of the org blocks every change of the record (${codes})`);
  return new RecordError(`Salesforce refused the record (${codes}${which})`);
}

/** A field of ours that is missing fails every record alike, and is one person's task, not a hundred dead letters. */
function misfit(written: readonly string[], problems: readonly Problem[], said: string): FatalError | RecordError {
  const named = fieldsOf(problems);
  const ours = named.length === 0 || named.some((name) => isOurs(name, written));
  if (ours && problems.some(({ code }) => MISSING.test(code)))
    return new FatalError(
      `Salesforce refused a field that leadgauge writes (${said}): run "leadgauge setup", which creates what is missing and grants access to it`,
    );
  const advice = ours ? problems.flatMap(({ code }) => ADVICE[code] ?? [])[0] : undefined;
  const also = advice === undefined ? '' : `: ${advice}`;
  return new RecordError(`Salesforce refused a value of the record (${said})${also}`);
}

/** The field itself, and not what was to go into it. */
const MISSING = /^INVALID_(?:FIELD|TYPE)/;

const ADVICE: Readonly<Record<string, string>> = {
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:
    'run "leadgauge setup", which adds the values that a model needs, or correct the value in config that the org no longer has',
  NUMBER_OUTSIDE_VALID_RANGE: 'give the field more digits, as many as "leadgauge setup" gives it',
  STRING_TOO_LONG: 'make the field as long again as "leadgauge setup" made it',
};

/** On a person account, the name of the same field ends in another way. */
function isOurs(name: string, written: readonly string[]): boolean {
  const bare = name.split('.').at(-1)?.replace(/__pc$/, '__c').toLowerCase();
  return written.some((each) => each.toLowerCase() === bare);
}

function sortsOf(problems: readonly Problem[]): ErrorSort[] {
  return problems.map(({ code, message }) => sortError(code, message));
}
