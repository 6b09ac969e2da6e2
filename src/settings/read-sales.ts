import { existsSync } from 'node:fs';
import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { ownerTwice, repeated } from '../crm/named-twice.ts';
import { normaliseEmail } from '../leads/email.ts';
import type { Mention } from '../scoring/compilation.ts';
import type { ModelPath, ModelProblem } from '../scoring/model-error.ts';
import { compilePeople } from './compile-people.ts';
import { compileTerritories } from './compile-territories.ts';
import type { ModelParts } from './model-file.ts';
import { type EscalateTo, NO_SALES, type Sales } from './sales.ts';
import { type SalesSource, salesSchema } from './sales-schema.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** What `config/sales.yaml` says, with what it takes from elsewhere. */
export interface SalesFile {
  readonly sales: Sales;
  /** Every place that names a field. */
  readonly fields: readonly Mention[];
  readonly locate: YamlFile<SalesSource>['locate'];
  /** What is legal and likely wrong, where it stands. */
  readonly warnings: readonly ConfigProblem[];
}

/** Reads the file; undefined where there is none. @throws ConfigError with all that is wrong with it, each with its place. */
export function readSales(path: string, parts: ModelParts): SalesFile | undefined {
  if (!existsSync(path)) return undefined;
  const file = readYaml(path, salesSchema);
  const { value, locate } = file;
  const { territories, fields, problems } = compileTerritories(value.territories, parts);
  const { hours, people, problems: ofPeople } = compilePeople(value);
  const wrong = [...problems, ...ofPeople, ...ownersTwice(value)];
  const placed = ({ path: at, message, first }: ModelProblem): ConfigProblem => ({
    ...locate(at),
    message: first === undefined ? message : `${message} (the first is in line ${locate(first).line})`,
  });
  if (wrong.length > 0) throw new ConfigError(wrong.map(placed));
  const { owner, follow_up: followUp, ceiling, notify, digest } = value;
  const sales: Sales = {
    owner: [...new Set(owner)],
    territories: territories.map((each) => ({ ...each, owners: each.owners.map(normalised) })),
    hours,
    people,
    followUp: followUp === 'off' ? undefined : rulesOf(followUp),
    ceiling: ceiling === 'off' ? undefined : ceiling,
    notify: {
      slack: notify.slack === 'on',
      https: notify.https === 'on',
      email: notify.email === 'off' ? undefined : notify.email,
      team: notify.team.map(normalised),
    },
    digest: digest === 'off' ? undefined : digest,
    mentions: addressesOf(value).map(({ email, path: at, isKey }) => ({
      email: normalised(email),
      place: (isKey ? file.locateKey : locate)(at),
    })),
    calendars: Object.entries(value.holidays).map(([name, dates]) => ({
      name,
      last: dates.toSorted().at(-1),
      place: file.locateKey(['holidays', name]),
    })),
  };
  return { sales, fields, locate, warnings: warningsOf(value).map(placed) };
}

/** What holds where there is no such file. */
export function salesOf(file: SalesFile | undefined): Sales {
  return file?.sales ?? NO_SALES;
}

type FollowUpSource = Exclude<SalesSource['follow_up'], 'off'>;

function rulesOf({ escalate_after: after, escalate_to: to, attempts, over }: FollowUpSource): Sales['followUp'] {
  return { escalateAfter: after === 'off' ? undefined : after, escalateTo: escalateTo(to), attempts, over };
}

function escalateTo(to: string): EscalateTo {
  return to === 'manager' || to === 'reassign' ? to : { email: normalised(to) };
}

/** Every address that the schema let pass is one. */
const normalised = (address: string): string => normaliseEmail(address) ?? address;

interface Address {
  readonly email: string;
  readonly path: ModelPath;
  /** Whether it stands where a key does. */
  readonly isKey: boolean;
}

/** Of those who must be users of the CRM: who is only told need not be one. */
function addressesOf({ territories, people }: SalesSource): Address[] {
  return [
    ...territories.flatMap(({ owners }, index) =>
      owners.map((email, entry) => ({ email, path: ['territories', index, 'owners', entry], isKey: false })),
    ),
    ...Object.keys(people).map((email) => ({ email, path: ['people', email], isKey: true })),
  ];
}

function ownersTwice({ territories }: SalesSource): ModelProblem[] {
  return territories.flatMap(({ owners }, index) =>
    repeated(owners.map((owner, entry) => [entry, normalised(owner)] as const)).map(({ key, first }) => ({
      path: ['territories', index, 'owners', key],
      message: ownerTwice(key, first),
    })),
  );
}

function warningsOf({ owner, territories, notify, digest }: SalesSource): ModelProblem[] {
  const isQuiet = notify.slack === 'off' && notify.https === 'off' && notify.email === 'off';
  return [
    ...(territories.length > 0 && !owner.includes('territory')
      ? [{ path: ['territories'], message: 'nobody gets a lead by these: "owner" above does not name territory' }]
      : []),
    ...(digest !== 'off' && isQuiet
      ? [{ path: ['digest'], message: 'nobody gets this: switch on email, slack or https under "notify"' }]
      : []),
  ];
}
