import { DAY } from '../../../base/clock.ts';
import type { Values } from './field.ts';
import { LEAD_STATUSES, OPPORTUNITY_STAGES } from './objects/choices.ts';
import { PERSON_ACCOUNT_FIELDS } from './objects/people.ts';
import type { Org } from './org.ts';
import type { SalesforceRecord } from './record.ts';
import { type NewUser, PROFILES } from './users.ts';

/** What every org has from its first day; gives back the id of the integration user. */
export function seedOrg(org: Org): string {
  const { settings } = org;
  const first = settings.clock.now() - 1_000 * DAY;
  const add = (type: string, values: Values, id?: string) =>
    org.seed(org.type(type), values, { created: first, modified: first }, id);

  if (settings.personAccounts) {
    for (const field of PERSON_ACCOUNT_FIELDS) org.type('Account').addField(field);
  } else org.type('Contact').removeField('IsPersonAccount');
  const { name, edition, isSandbox, timeZone, organizationId } = settings;
  const organization = { Name: name, OrganizationType: edition, IsSandbox: isSandbox, TimeZoneSidKey: timeZone };
  add('Organization', { ...organization, InstanceName: 'NA139', LanguageLocaleKey: 'en_US' }, organizationId);
  for (const [index, { label, isConverted, isDefault }] of LEAD_STATUSES.entries()) {
    const status = { MasterLabel: label, ApiName: label, SortOrder: index + 1 };
    add('LeadStatus', { ...status, IsConverted: isConverted, IsDefault: isDefault });
  }
  for (const [index, { label, probability, isClosed, isWon }] of OPPORTUNITY_STAGES.entries()) {
    const stage = { MasterLabel: label, ApiName: label, SortOrder: index + 1, DefaultProbability: probability };
    add('OpportunityStage', { ...stage, IsActive: true, IsClosed: isClosed, IsWon: isWon });
  }
  const profiles = new Map(PROFILES.map((profile) => [profile.name, add('Profile', { Name: profile.name }).id]));
  for (const [profile, id] of profiles) {
    const owned = { IsOwnedByProfile: true, IsCustom: false, ProfileId: id };
    add('PermissionSet', { Name: `X${id}`, Label: profile, ...owned });
  }
  const people = [...settings.users, settings.integrationUser];
  const users = people.map((user) => seedUser(org, user, profiles, first));
  for (const [index, { manager }] of people.entries()) seedManager(org, users[index], manager);
  add('Group', { Name: 'Inbound leads', DeveloperName: 'Inbound_leads', Type: 'Queue' });
  return users.at(-1)?.id ?? '';
}

function seedUser(org: Org, user: NewUser, profiles: ReadonlyMap<string, string>, at: number): SalesforceRecord {
  const { firstName = null, lastName, email, username = email, profile = 'Standard User', isActive = true } = user;
  const { timeZone = org.settings.timeZone, userType = 'Standard' } = user;
  const profileId = profiles.get(profile);
  if (profileId === undefined) throw new Error(`The sandbox org has no profile "${profile}"`);
  const record = org.seed(
    org.type('User'),
    {
      FirstName: firstName,
      LastName: lastName,
      Name: firstName === null ? lastName : `${firstName} ${lastName}`,
      Username: username,
      Email: email,
      Alias: lastName.slice(0, 8).toLowerCase(),
      IsActive: isActive,
      ProfileId: profileId,
      TimeZoneSidKey: timeZone,
      UserType: userType,
    },
    { created: at, modified: at },
  );
  const time = { created: at, modified: at };
  for (const name of user.permissionSets ?? []) {
    const sets = org.type('PermissionSet');
    const set = sets.where('Name', name)[0] ?? org.seed(sets, { Name: name, Label: name.replaceAll('_', ' ') }, time);
    org.seed(org.type('PermissionSetAssignment'), { PermissionSetId: set.id, AssigneeId: record.id }, time);
  }
  return record;
}

function seedManager(org: Org, user: SalesforceRecord | undefined, manager: string | undefined): void {
  const field = org.type('User').field('ManagerId');
  if (user === undefined || manager === undefined || field === undefined) return;
  const found = org.findUser(manager);
  if (found === undefined) throw new Error(`The sandbox org has no user "${manager}"`);
  org.type('User').write(user, field, found.id);
}
