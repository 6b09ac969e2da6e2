import { DAY, MINUTE } from '../../../base/clock.ts';
import { kindOfObject } from '../http/call-kind.ts';
import type { Answer, Call, Route, SentCall } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import type { Field } from '../org/field.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { objectOf } from './find-record.ts';
import { writeTime } from './record-answer.ts';

const OBJECT = '/services/data/{version}/sobjects/{object}';
const MOST_IDS = 600_000;

interface Window {
  readonly type: ObjectType;
  readonly records: SalesforceRecord[];
  readonly end: number;
}

/** Ids of what changed and what was deleted. https://developer.salesforce.com/docs/platform/api-rest/guide/resources-getdeleted.html */
export function replicationRoutes(org: Org): Route[] {
  const kind = ({ params }: SentCall) => kindOfObject(params.object ?? '');
  return [
    { method: 'GET', template: `${OBJECT}/updated`, kind, handle: (call) => updated(org, call) },
    { method: 'GET', template: `${OBJECT}/deleted`, kind, handle: (call) => deleted(org, call) },
  ];
}

function updated(org: Org, call: Call): Answer {
  const { records, end } = windowOf(org, call, 30 * DAY);
  const ids = records.filter((record) => !record.isDeleted).map(({ id }) => id);
  checkCount(ids);
  return { status: 200, body: { ids, latestDateCovered: writeTime(end) } };
}

function deleted(org: Org, call: Call): Answer {
  const { type, records, end } = windowOf(org, call, 15 * DAY);
  const deletedRecords = records
    .filter((record) => record.isDeleted)
    .map((record) => ({ deletedDate: writeTime(record.systemModstamp), id: record.id }));
  checkCount(deletedRecords);
  const [first] = type.all;
  const earliest = first?.number('CreatedDate') ?? end;
  return {
    status: 200,
    body: { deletedRecords, earliestDateAvailable: writeTime(earliest), latestDateCovered: writeTime(end) },
  };
}

/** What changed from `start` to `end`, whose seconds are ignored. */
function windowOf(org: Org, { session, params, query }: Call, furthest: number): Window {
  const type = objectOf(org, session.userId, params.object);
  const stamp = type.field('SystemModstamp');
  if (stamp === undefined) throw refusal('INVALID_TYPE', `sObject type '${type.name}' is not replicateable`);
  const start = readMinute(query, 'start');
  const end = Math.min(readMinute(query, 'end'), org.now());
  if (end - start < MINUTE) {
    throw refusal('INVALID_REPLICATION_DATE', 'endDate must be at least one minute greater than startDate');
  }
  if (start < org.now() - furthest) {
    throw refusal('INVALID_REPLICATION_DATE', `startDate cannot be more than ${furthest / DAY} days ago`);
  }
  return { type, records: changedIn(type, stamp, start, end), end };
}

function changedIn(type: ObjectType, stamp: Field, start: number, end: number): SalesforceRecord[] {
  return [...type.timeIndex(stamp).between(start, end)].filter((record) => !record.isPurged);
}

function readMinute(query: URLSearchParams, name: string): number {
  const at = Date.parse(query.get(name) ?? '');
  if (Number.isNaN(at)) throw refusal('INVALID_FIELD', `${name} must be a date and time, such as 2026-11-22T09:00:00Z`);
  return Math.floor(at / MINUTE) * MINUTE;
}

function checkCount(found: readonly unknown[]): void {
  if (found.length > MOST_IDS) throw refusal('EXCEEDED_ID_LIMIT', `More than ${MOST_IDS} ids: choose a shorter time`);
}
