import type { NewField } from '../field.ts';
import type { ObjectDefinition } from '../object-type.ts';
import { INDUSTRIES, LEAD_SOURCES, LEAD_STATUSES, RATINGS, withDefault } from './choices.ts';
import { date, flag, longText, money, number, ONCE, pick, READ_ONLY, reference, system, text, time } from './fields.ts';

const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'];

const named = (required: boolean): NewField[] => [
  text('LastName', 'Last Name', 80, { required }),
  text('FirstName', 'First Name', 40),
  pick('Salutation', 'Salutation', SALUTATIONS, { length: 40 }),
  text('Name', 'Full Name', 121, { ...READ_ONLY, nillable: false }),
];

const address = (prefix: string, label: string): NewField[] => [
  { name: `${prefix}Street`, label: `${label}Street`, type: 'textarea', length: 255 },
  text(`${prefix}City`, `${label}City`, 40),
  text(`${prefix}State`, `${label}State/Province`, 80),
  text(`${prefix}PostalCode`, `${label}Zip/Postal Code`, 20),
  text(`${prefix}Country`, `${label}Country`, 80),
];

const reached: NewField[] = [
  { name: 'Phone', label: 'Phone', type: 'phone' },
  { name: 'MobilePhone', label: 'Mobile Phone', type: 'phone' },
  { name: 'Email', label: 'Email', type: 'email' },
  flag('HasOptedOutOfEmail', 'Email Opt Out'),
  flag('DoNotCall', 'Do Not Call'),
  text('EmailBouncedReason', 'Email Bounced Reason', 255, { createable: false, updateable: true }),
  time('EmailBouncedDate', 'Email Bounced Date', { createable: false, updateable: true }),
];

const merged = (type: string): NewField =>
  reference('MasterRecordId', 'Master Record ID', [type], { ...READ_ONLY, relationshipName: 'MasterRecord' });

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm */
export const LEAD: ObjectDefinition = {
  name: 'Lead',
  label: 'Lead',
  labelPlural: 'Leads',
  keyPrefix: '00Q',
  fields: [
    ...system(),
    merged('Lead'),
    ...named(true),
    text('Title', 'Title', 128),
    text('Company', 'Company', 255, { required: true }),
    ...address('', ''),
    ...reached,
    { name: 'Website', label: 'Website', type: 'url' },
    longText('Description', 'Description'),
    pick('LeadSource', 'Lead Source', LEAD_SOURCES),
    pick(
      'Status',
      'Lead Status',
      withDefault(
        LEAD_STATUSES.map(({ label }) => label),
        'Open - Not Contacted',
      ),
      {
        required: true,
        defaultValue: 'Open - Not Contacted',
      },
    ),
    pick('Industry', 'Industry', INDUSTRIES),
    pick('Rating', 'Rating', RATINGS),
    money('AnnualRevenue', 'Annual Revenue'),
    number('NumberOfEmployees', 'Employees'),
    reference('OwnerId', 'Owner ID', ['Group', 'User'], { nillable: false }),
    flag('IsConverted', 'Converted', READ_ONLY),
    date('ConvertedDate', 'Converted Date', READ_ONLY),
    reference('ConvertedAccountId', 'Converted Account ID', ['Account'], READ_ONLY),
    reference('ConvertedContactId', 'Converted Contact ID', ['Contact'], READ_ONLY),
    reference('ConvertedOpportunityId', 'Converted Opportunity ID', ['Opportunity'], READ_ONLY),
    flag('IsUnreadByOwner', 'Unread By Owner', { defaultValue: true }),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm */
export const CONTACT: ObjectDefinition = {
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  fields: [
    ...system(),
    merged('Contact'),
    reference('AccountId', 'Account ID', ['Account'], { childRelationship: 'Contacts' }),
    flag('IsPersonAccount', 'Is Person Account', READ_ONLY),
    ...named(true),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    ...address('Mailing', 'Mailing '),
    ...reached,
    longText('Description', 'Description'),
    pick('LeadSource', 'Lead Source', LEAD_SOURCES),
    reference('ReportsToId', 'Reports To ID', ['Contact'], { relationshipName: 'ReportsTo' }),
    reference('OwnerId', 'Owner ID', ['User'], { nillable: false }),
  ],
};

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm */
export const ACCOUNT: ObjectDefinition = {
  name: 'Account',
  label: 'Account',
  labelPlural: 'Accounts',
  keyPrefix: '001',
  fields: [
    ...system(),
    merged('Account'),
    text('Name', 'Account Name', 255, { required: true }),
    pick('Type', 'Account Type', [
      'Prospect',
      'Customer - Direct',
      'Customer - Channel',
      'Technology Partner',
      'Other',
    ]),
    reference('ParentId', 'Parent Account ID', ['Account'], { childRelationship: 'ChildAccounts' }),
    ...address('Billing', 'Billing '),
    { name: 'Phone', label: 'Account Phone', type: 'phone' },
    { name: 'Website', label: 'Website', type: 'url' },
    pick('Industry', 'Industry', INDUSTRIES),
    pick('Rating', 'Account Rating', RATINGS),
    money('AnnualRevenue', 'Annual Revenue'),
    number('NumberOfEmployees', 'Employees'),
    longText('Description', 'Account Description'),
    reference('OwnerId', 'Owner ID', ['User'], { nillable: false }),
    pick('AccountSource', 'Account Source', LEAD_SOURCES),
  ],
};

/** What an account has besides where accounts can be people. Its `PersonEmail` is the `Email` of its contact, and so on. */
export const PERSON_ACCOUNT_FIELDS: readonly NewField[] = [
  flag('IsPersonAccount', 'Is Person Account', READ_ONLY),
  reference('PersonContactId', 'Contact ID', ['Contact'], READ_ONLY),
  text('LastName', 'Last Name', 80, { mirrors: 'LastName' }),
  text('FirstName', 'First Name', 40, { mirrors: 'FirstName' }),
  pick('Salutation', 'Salutation', SALUTATIONS, { length: 40, mirrors: 'Salutation' }),
  { name: 'PersonEmail', label: 'Email', type: 'email', mirrors: 'Email' },
  text('PersonTitle', 'Title', 80, { mirrors: 'Title' }),
  text('PersonMailingCountry', 'Mailing Country', 80, { mirrors: 'MailingCountry' }),
  text('PersonMailingCity', 'Mailing City', 40, { mirrors: 'MailingCity' }),
  text('PersonMailingState', 'Mailing State/Province', 80, { mirrors: 'MailingState' }),
  { name: 'PersonMobilePhone', label: 'Mobile', type: 'phone', mirrors: 'MobilePhone' },
  pick('PersonLeadSource', 'Lead Source', LEAD_SOURCES, { mirrors: 'LeadSource' }),
  flag('PersonHasOptedOutOfEmail', 'Email Opt Out', { mirrors: 'HasOptedOutOfEmail' }),
];

/** Of the company, its partners, its customers' portal, Chatter alone, automations, and sites. */
const USER_TYPES = ['Standard', 'PowerPartner', 'CustomerSuccess', 'CsnOnly', 'AutomatedProcess', 'Guest'];

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm */
export const USER: ObjectDefinition = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  fields: [
    ...system({ deletable: false }),
    ...named(true),
    text('Username', 'Username', 80, { required: true, unique: true }),
    { name: 'Email', label: 'Email', type: 'email', length: 128, required: true },
    text('Alias', 'Alias', 8),
    flag('IsActive', 'Active', { defaultValue: true }),
    pick('UserType', 'User Type', USER_TYPES, { ...READ_ONLY, defaultValue: 'Standard' }),
    reference('ProfileId', 'Profile ID', ['Profile'], { required: true }),
    reference('ManagerId', 'Manager ID', ['User'], { childRelationship: 'ManagedUsers' }),
    text('TimeZoneSidKey', 'Time Zone', 40),
    text('LocaleSidKey', 'Locale', 40, { defaultValue: 'en_US' }),
    text('LanguageLocaleKey', 'Language', 40, { defaultValue: 'en_US' }),
  ],
};

/** Queues, mostly. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_group.htm */
export const GROUP: ObjectDefinition = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Groups',
  keyPrefix: '00G',
  fields: [
    ...system({ deletable: false }),
    text('Name', 'Name', 40, { required: true }),
    text('DeveloperName', 'Developer Name', 80),
    pick('Type', 'Type', ['Regular', 'Queue', 'Role', 'Organization'], { ...ONCE, defaultValue: 'Regular' }),
    { name: 'Email', label: 'Email', type: 'email' },
  ],
};
