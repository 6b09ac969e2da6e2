import type { CallKind } from '../../http/request-record.ts';

/** What somebody wants who queries or writes records of an object. */
export function kindOfObject(object: string): CallKind {
  if (ACTIVITIES.has(object.toLowerCase())) return 'activity';
  if (SETUP.has(object.toLowerCase())) return 'setup';
  return object.toLowerCase() === 'account' ? 'related' : 'read';
}

/** By the object that the outermost query is about: its FROM is the one outside of brackets and quotes. */
export function kindOfQuery(soql: string): CallKind {
  const bare = soql.replace(/'(?:\\.|[^'\\])*'/g, "''");
  let outer = bare;
  for (let before = ''; before !== outer; ) {
    before = outer;
    outer = outer.replace(/\([^()]*\)/g, ' ');
  }
  return kindOfObject(/\bfrom\s+(\w+)/i.exec(outer)?.[1] ?? '');
}

const ACTIVITIES: ReadonlySet<string> = new Set([
  'campaign',
  'campaignmember',
  'task',
  'event',
  'emailmessage',
  'emailmessagerelation',
  'opportunity',
  'opportunitycontactrole',
  'leadhistory',
  'contacthistory',
]);

const SETUP: ReadonlySet<string> = new Set([
  'user',
  'group',
  'organization',
  'leadstatus',
  'taskstatus',
  'entitydefinition',
  'fielddefinition',
  'customfield',
  'fieldpermissions',
  'objectpermissions',
  'permissionset',
  'permissionsetassignment',
  'profile',
]);
