import type { ModelOutputs } from '../outputs/output-model.ts';
import { placeOfAll, severalMissing } from '../outputs/several-missing.ts';
import type { ObjectDescription } from './api/describe.ts';
import type { SalesforceConfig } from './config.ts';
import type { OrgProblem } from './org-problem.ts';
import { fieldClash, missingValues, type OrgField, seenFields } from './setup/org-field.ts';
import { type SetupObject, type WantedField, wantedFields } from './setup/wanted-fields.ts';

/** What our user sees of each object; of accounts nothing where no model has `account`. */
export type Descriptions = Readonly<Record<'Lead' | 'Contact', ObjectDescription>> & {
  readonly Account?: ObjectDescription | undefined;
};

type Seen = ReadonlyMap<SetupObject, ReadonlyMap<string, OrgField>>;

/**
 * What the org lacks, or has otherwise, of the fields of all models and of the lifecycle stage: one problem where nothing is there
 * yet, else one for all fields that an object lacks, and one for each other. A field that no permission set grants our user counts as missing, as Salesforce does not tell the two apart.
 */
export function outputProblems(
  config: Pick<SalesforceConfig, 'lifecycle'>,
  models: readonly ModelOutputs[],
  { Lead, Contact, Account }: Descriptions,
): OrgProblem[] {
  const seen: Seen = new Map([
    ['Lead', seenFields(Lead)],
    ['Contact', seenFields(Contact)],
    ['Account', Account === undefined ? new Map() : seenFields(Account)],
  ]);
  const wanted = wantedFields(config, models);
  const [people, accounts] = [wanted.filter(isOfPerson), wanted.filter((field) => !isOfPerson(field))];
  return [...groupProblems(people, seen, 'leads and contacts'), ...groupProblems(accounts, seen, 'accounts')];
}

const isOfPerson = ({ object }: WantedField) => object !== 'Account';

function groupProblems(wanted: readonly WantedField[], seen: Seen, of: string): OrgProblem[] {
  const isThere = ({ object, name }: WantedField) => seen.get(object)?.has(name.toLowerCase()) === true;
  const [first] = wanted;
  if (first === undefined) return [];
  if (!wanted.some(isThere))
    return [missing(first.path.slice(0, 1), `the org's ${of} do not have ${counted(wanted)}`, 'them')];
  const bare = [...Map.groupBy(wanted, ({ model }) => model).values()].filter((each) => !each.some(isThere));
  const problems = bare.flatMap(([one]): OrgProblem[] => {
    const whose = one?.model === undefined ? 'the fields of the lifecycle' : `the fields of the model ${one.model}`;
    return one === undefined
      ? []
      : [missing(one.path.slice(0, -1), `the org's ${of} do not have any of ${whose}`, 'them')];
  });
  const rest = wanted.filter((field) => !bare.some((each) => each.includes(field)));
  const gone = Map.groupBy(
    rest.filter((field) => !isThere(field)),
    ({ object }) => object,
  );
  return [
    ...problems,
    ...[...gone.values()].flatMap(missingFields),
    ...rest.flatMap((field) => fieldProblems(field, seen)),
  ];
}

const PLURALS: Readonly<Record<SetupObject, string>> = { Lead: 'leads', Contact: 'contacts', Account: 'accounts' };

/** `gone` are of one object: what an upgrade adds is one problem, however much it is. */
function missingFields([first, ...others]: readonly WantedField[]): OrgProblem[] {
  if (first === undefined) return [];
  const { object, name, path } = first;
  if (others.length === 0) return [missing(path, `the org has no field ${object}.${name}`, 'it')];
  const gone = [first, ...others];
  const names = gone.map((field) => field.name);
  return [
    missing(placeOfAll(gone.map((field) => field.path)), severalMissing('fields', PLURALS[object], names), 'them'),
  ];
}

/** Of one that is there. */
function fieldProblems(wanted: WantedField, seen: Seen): OrgProblem[] {
  const { object, name, path, readOnly } = wanted;
  const there = seen.get(object)?.get(name.toLowerCase());
  if (there === undefined) return [];
  const clash = fieldClash(wanted, there);
  if (clash !== undefined) return [{ path, message: clash }];
  if (there.editable === false && !readOnly)
    return [missing(path, `the integration user may see ${object}.${name} and not write to it`)];
  const values = missingValues(wanted, there);
  return values.length === 0 ? [] : [missing(path, `${object}.${name} lacks the values ${values.join(', ')}`)];
}

const counted = ({ length }: readonly WantedField[]) =>
  length === 1 ? 'the field that leadgauge writes' : `any of the ${length} fields that leadgauge writes`;

/** `unseen`: what it may be that our user just does not see. */
function missing(path: readonly string[], what: string, unseen?: 'it' | 'them'): OrgProblem {
  const or = unseen === undefined ? '' : `, or the integration user does not see ${unseen}`;
  return { path, message: `${what}${or}: run "leadgauge setup"`, mendedBySetup: true };
}
