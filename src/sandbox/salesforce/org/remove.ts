import { actorOf } from './actor-of.ts';
import { stamp, writeValue } from './commit.ts';
import type { Org, Writing } from './org.ts';
import type { SalesforceRecord } from './record.ts';
import { mayWrite, missingError } from './save.ts';
import { refusal, refused, type WriteResult } from './write-result.ts';

/** What goes into the recycle bin with a record: the object and its field that names the record. */
const CASCADE: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Account: [
    ['Contact', 'AccountId'],
    ['Opportunity', 'AccountId'],
    ['Task', 'WhatId'],
    ['Event', 'WhatId'],
  ],
  Lead: [
    ['CampaignMember', 'LeadId'],
    ['Task', 'WhoId'],
    ['Event', 'WhoId'],
  ],
  Contact: [
    ['CampaignMember', 'ContactId'],
    ['OpportunityContactRole', 'ContactId'],
    ['Task', 'WhoId'],
    ['Event', 'WhoId'],
  ],
  Campaign: [
    ['CampaignMember', 'CampaignId'],
    ['CampaignMemberStatus', 'CampaignId'],
  ],
  Opportunity: [['OpportunityContactRole', 'OpportunityId']],
  EmailMessage: [['EmailMessageRelation', 'EmailMessageId']],
  PermissionSet: [
    ['PermissionSetAssignment', 'PermissionSetId'],
    ['FieldPermissions', 'ParentId'],
    ['ObjectPermissions', 'ParentId'],
  ],
};

/** `Org.delete`. What an object without recycle bin loses is gone at once. */
export function removeRecord(org: Org, id: string, how: Writing): WriteResult {
  const record = org.findAny(id);
  const missing = missingError(id, record);
  if (missing !== undefined || record === undefined) return refused(...(missing === undefined ? [] : [missing]));
  if (!mayWrite(org, record.type, how, 'Delete')) {
    return refused(refusal('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'));
  }
  const locked = org.refusals.meet(record.type.name, [record.id]);
  if (locked !== undefined) return refused(locked);
  for (const gone of withChildren(org, wholeOf(org, record))) bin(org, gone, actorOf(org, how));
  return { success: true, id: record.id };
}

/** `Org.undelete`: what went in the same moment comes back with it. */
export function restoreRecord(org: Org, id: string, how: Writing): WriteResult {
  const record = org.findAny(id);
  if (record === undefined) return refused(refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'));
  if (!record.isDeleted || record.get('MasterRecordId') !== null) {
    return refused(refusal('UNDELETE_FAILED', 'Entity is not in the recycle bin'));
  }
  const goneAt = record.systemModstamp;
  const at = org.now();
  const by = actorOf(org, how);
  for (const back of withChildren(
    org,
    wholeOf(org, record),
    (child) => child.isDeleted && child.systemModstamp === goneAt,
  )) {
    writeValue(back, 'IsDeleted', false);
    stamp(back, at, by);
    org.changed({ kind: 'undeleted', record: back, at, by, fields: ['IsDeleted'] });
  }
  return { success: true, id: record.id };
}

/** Puts one record into the recycle bin. */
export function bin(org: Org, record: SalesforceRecord, by: string): void {
  const at = org.now();
  if (record.type.field('IsDeleted') === undefined) record.type.purge(record);
  else {
    writeValue(record, 'IsDeleted', true);
    stamp(record, at, by);
  }
  org.changed({ kind: 'deleted', record, at, by, fields: ['IsDeleted'] });
}

/** Both of a person account are one. */
function wholeOf(org: Org, record: SalesforceRecord): SalesforceRecord {
  const account = record.flag('IsPersonAccount') ? org.findAny(record.text('AccountId') ?? '') : undefined;
  return account ?? record;
}

function withChildren(
  org: Org,
  record: SalesforceRecord,
  wanted: (child: SalesforceRecord) => boolean = (child) => !child.isDeleted,
): SalesforceRecord[] {
  const children = (CASCADE[record.type.name] ?? []).flatMap(([type, name]) => {
    const field = org.type(type).field(name);
    if (field === undefined) return [];
    return org
      .type(type)
      .valueIndex(field)
      .get(record.id)
      .filter((child) => child.slots[field.slot] === record.id && wanted(child));
  });
  return [record, ...children.flatMap((child) => withChildren(org, child, wanted))];
}
