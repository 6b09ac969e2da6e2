import { ConfigError } from '../../../base/errors.ts';
import { createRecord } from '../api/create-record.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { type OrgProblem, toConfigProblem } from '../org-problem.ts';
import { findUsers } from '../owners.ts';
import { changeRecords, createRecords } from './create-records.ts';
import { currentUser } from './current-user.ts';
import { type Grant, type Granted, readGranted } from './granted.ts';
import { type WantedSet, wantedSets } from './permission-sets.ts';
import { hasPersonAccounts } from './person-accounts.ts';
import type { SetupContext, Work } from './setup-context.ts';
import { throwNoSetup } from './tooling.ts';

/** The permission sets, what they grant, and who has them: in this order, and after the fields that they grant. */
export async function permissionSteps(context: SetupContext): Promise<Work[]> {
  const { api, config, models } = context;
  const sets = wantedSets(config, models, await hasPersonAccounts(api));
  const granted = await readGranted(
    api,
    sets.map(({ name }) => name),
  );
  const [integration, sales] = sets;
  const users = { integration: [(await currentUser(api)).userId], sales: await salesUsers(context) };
  const now = (set: WantedSet) => granted.get(set.name.toLowerCase());
  return [
    ...sets.flatMap((set) => setSteps(context, set, now(set))),
    ...assignmentStep(context, integration, now(integration), users.integration, 'the integration user'),
    ...assignmentStep(context, sales, now(sales), users.sales, 'the users under sales_users'),
  ];
}

/** @throws ConfigError for somebody whom the org does not have. A user is named by the place in the list. */
async function salesUsers({ api, config, locate }: SetupContext): Promise<string[]> {
  const found = await findUsers(api, config.permission_sets.sales_users);
  const problems = found.flatMap((user, index): OrgProblem[] => {
    const message = `entry ${index + 1} of sales_users is no active user of the org: look under Setup, Users`;
    return user === 'missing' ? [{ path: ['permission_sets', 'sales_users', index], message }] : [];
  });
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => toConfigProblem(problem, locate)));
  return [...new Set(found)];
}

function setSteps(context: SetupContext, set: WantedSet, now: Granted | undefined): Work[] {
  const { name, label } = set;
  const steps: Work[] = [];
  const add = (part: string, description: string, apply: () => Promise<void>) =>
    steps.push({ kind: 'permission', name: `${name}${part}`, description, apply });
  if (now === undefined) add('', `permission set ${name}: ${label}`, () => createSet(context, set));
  const objects = lacking(set.objects, now?.objects);
  if (objects.length > 0)
    add(' objects', `permission set ${name}: access to ${objects.map(([object]) => object).join(', ')}`, () =>
      grant(context, set, 'objects'),
    );
  const fields = lacking(set.fields, now?.fields);
  if (fields.length > 0)
    add(' fields', `permission set ${name}: access to ${counted(fields.length, 'field')}`, () =>
      grant(context, set, 'fields'),
    );
  return steps;
}

async function createSet({ api }: SetupContext, { name, label, description }: WantedSet): Promise<void> {
  const fields = { Name: name, Label: label, Description: description };
  await createRecord(api, 'PermissionSet', fields, { kind: 'setup' }).catch((error: unknown) => {
    // Another process was faster.
    if (!(error instanceof SalesforceRefusal) || !error.codes.some((code) => code.startsWith('DUPLICATE')))
      throwNoSetup(error);
  });
}

type Wish = readonly [name: string, mayEdit: boolean];

/** What is not granted, or only for reading. */
function lacking(wanted: ReadonlyMap<string, boolean>, granted: ReadonlyMap<string, Grant> | undefined): Wish[] {
  return [...wanted].filter(([name, mayEdit]) => {
    const grant = granted?.get(name.toLowerCase());
    return grant === undefined || (mayEdit && !grant.mayEdit);
  });
}

/** Looks again, as the permission set may have been made a moment ago. */
async function grant({ api }: SetupContext, set: WantedSet, what: 'fields' | 'objects'): Promise<void> {
  const now = (await readGranted(api, [set.name])).get(set.name.toLowerCase());
  if (now === undefined) throw new ConfigError(`there is no permission set ${set.name}: run "leadgauge setup" again`);
  const object = what === 'fields' ? 'FieldPermissions' : 'ObjectPermissions';
  const wishes = lacking(set[what], now[what]).map(([name, mayEdit]) => {
    const id = now[what].get(name.toLowerCase())?.id;
    return { id, name, access: { PermissionsRead: true, PermissionsEdit: mayEdit } };
  });
  const created = wishes.flatMap(({ id, name, access }) =>
    id === undefined ? [{ ParentId: now.id, ...named(what, name), ...access }] : [],
  );
  const changed = wishes.flatMap(({ id, access }) => (id === undefined ? [] : [{ Id: id, ...access }]));
  await createRecords(api, object, created);
  await changeRecords(api, object, changed);
}

function named(what: 'fields' | 'objects', name: string): Record<string, string> {
  return what === 'objects' ? { SobjectType: name } : { SobjectType: name.split('.')[0] ?? '', Field: name };
}

function assignmentStep(
  { api }: SetupContext,
  { name }: WantedSet,
  now: Granted | undefined,
  users: readonly string[],
  who: string,
): Work[] {
  if (users.every((user) => now?.users.has(user))) return [];
  const apply = async () => {
    const set = (await readGranted(api, [name])).get(name.toLowerCase());
    if (set === undefined) throw new ConfigError(`there is no permission set ${name}: run "leadgauge setup" again`);
    const missing = users.filter((user) => !set.users.has(user));
    await createRecords(
      api,
      'PermissionSetAssignment',
      missing.map((AssigneeId) => ({ AssigneeId, PermissionSetId: set.id })),
    );
  };
  return [{ kind: 'permission', name: `${name} users`, description: `permission set ${name}: for ${who}`, apply }];
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
