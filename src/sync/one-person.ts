import type { LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import { hashEmail } from '../leads/email.ts';
import { type Done, readDone } from '../ledger/activities.ts';
import { markDirty } from '../ledger/dirty.ts';
import {
  hideRecord,
  type KnownPerson,
  leavePeople,
  meetPeople,
  notePeople,
  type PersonRecord,
  readPeople,
  stampOf,
} from '../ledger/person-records.ts';
import type { Space } from '../ledger/space.ts';
import { activitiesOf } from './activities-of.ts';
import { type Connection, mayShare, type Neighbour } from './connection.ts';

/** All that the person behind a record did, in whatever CRM. */
export interface Doings {
  /** What a score depends on. */
  readonly activities: readonly Activity[];
  /** What is kept of this record and its addresses. */
  readonly done: Done;
  /** By the addresses of the record, in their order; empty where nobody else could know of the person. */
  readonly people: readonly KnownPerson[];
}

/**
 * Has these records found by whoever scores another one of their people. Call it before `readDoings`: of two that are scored at
 * the same time, for the first time, one finds the other.
 */
export async function meet(connection: Connection, records: readonly LeadRecord[]): Promise<void> {
  if (!mayShare(connection)) return;
  const notes = records.flatMap((record) =>
    record.lead.emails.map((email) => ({ hash: hashEmail(email), record: recordOf(connection, record) })),
  );
  await meetPeople(connection.space, notes);
}

/** For records just read, in their order. `scratch` may know of activities that the ledger lacks. */
export async function readDoings(
  connection: Connection,
  records: readonly LeadRecord[],
  ...scratch: readonly Space[]
): Promise<Doings[]> {
  const { space } = connection;
  const leads = records.map(({ lead }) => lead);
  const done = await readDone(space, leads, ...scratch);
  const people = mayShare(connection) ? await peopleOf(space, records) : records.map(() => []);
  const others = records.map((record, index) => othersOf(connection, record, people[index] ?? []));
  const theirs = await readOthers(connection, others.flat());
  return records.map((record, index) => {
    const own = done[index] ?? { byRecord: [], byAddress: [], addresses: [] };
    const shared = (others[index] ?? []).flatMap((other) => theirs.get(other) ?? []);
    return {
      activities: [...ownActivities(connection, record, own), ...shared],
      done: own,
      people: people[index] ?? [],
    };
  });
}

/** What is to be told of a record once it was scored, or only listened to. */
export interface Telling extends Pick<Doings, 'done' | 'people'> {
  readonly record: LeadRecord;
  /** Hashes of all addresses that it had, as they were noted when it was scored last. */
  readonly hashesBefore: readonly string[];
}

/**
 * Has every other record of these persons scored again for which something changed, then notes what was told. In this order: a
 * process that ends in between tells it once more.
 */
export async function tellPeople(connection: Connection, tellings: readonly Telling[]): Promise<void> {
  if (!mayShare(connection)) return;
  const { space } = connection;
  const marks: PersonRecord[] = [];
  const notes: { hash: string; record: PersonRecord; stamp: string }[] = [];
  const formers: { hash: string; record: PersonRecord }[] = [];
  for (const telling of tellings) {
    const { record, done, people, hashesBefore } = telling;
    const hashes = record.lead.emails.map(hashEmail);
    const told = role(connection) === 'destination' ? [] : [...record.counters, ...done.byRecord];
    const own = { ...recordOf(connection, record), stamp: stampOf(told) };
    for (const [index, hash] of hashes.entries()) {
      const known = people[index];
      const before = known?.records.find((each) => isSame(each, own))?.stamp ?? '';
      // Of each address by itself: another record may have one of them alone.
      const stamp = stampOf(done.addresses[index] ?? []);
      if (before !== own.stamp || (known?.stamp ?? '') !== stamp) marks.push(...others(own, known));
      notes.push({ hash, record: own, stamp });
      for (const former of known?.records ?? []) if (isFormer(former, own)) formers.push({ hash, record: former });
    }
    await leave(
      connection,
      own,
      hashesBefore.filter((hash) => !hashes.includes(hash)),
    );
  }
  await markRecords(connection, marks);
  await notePeople(space, notes);
  // Whatever was merged into a record is told of by that one now.
  for (const { hash, record } of formers) await leavePeople(space, [hash], record);
}

/** A record that is no more tells nothing: whoever else is of its persons is scored again. */
export async function leaveAllPeople(connection: Connection, id: string, hashes: readonly string[]): Promise<void> {
  if (!mayShare(connection)) return;
  await leave(connection, { connection: connection.crm.name, id, formerIds: [] }, hashes);
}

/** First nobody finds it any more, then the others are scored again: whoever is at one of them just now does it once more. */
async function leave(connection: Connection, own: Own, hashes: readonly string[]): Promise<void> {
  const { space } = connection;
  const known = await hideRecord(space, hashes, own);
  const people = await readPeople(space, known);
  await markRecords(
    connection,
    people.flatMap((person) => others(own, person)),
  );
  await leavePeople(space, known, own);
}

/** Has every record scored again that is of somebody with one of these addresses, in any other connection. */
export async function markBeside(connection: Connection, emails: readonly string[]): Promise<void> {
  if (!mayShare(connection)) return;
  const people = await readPeople(connection.space, [...new Set(emails)].map(hashEmail));
  const records = people.flatMap((known) => known.records);
  await markRecords(
    connection,
    records.filter((record) => record.connection !== connection.crm.name),
  );
}

async function peopleOf(space: Space, records: readonly LeadRecord[]): Promise<KnownPerson[][]> {
  const hashes = records.map(({ lead }) => lead.emails.map(hashEmail));
  const all = await readPeople(space, hashes.flat());
  let next = 0;
  return hashes.map((own) => own.flatMap(() => all[next++] ?? []));
}

/** What the record itself tells. In a CRM that is a destination alone nothing counts that was done there. */
function ownActivities(connection: Connection, record: LeadRecord, { byRecord, byAddress }: Done): readonly Activity[] {
  if (role(connection) === 'destination') return byAddress;
  return activitiesOf(record, [...byRecord, ...byAddress]);
}

/** The other records of the person whose engagement counts, each once, and none that is told of by another one already. */
function othersOf(connection: Connection, record: LeadRecord, people: readonly KnownPerson[]): PersonRecord[] {
  const own = recordOf(connection, record);
  const found = people.flatMap((known) => others(own, known));
  const telling = found.filter(
    (each) => counts(connection, each.connection) && !found.some((other) => isFormer(each, other)),
  );
  return [...new Map(telling.map((each) => [`${each.connection} ${each.id}`, each])).values()];
}

async function readOthers(
  connection: Connection,
  records: readonly PersonRecord[],
): Promise<ReadonlyMap<PersonRecord, readonly Activity[]>> {
  const theirs = new Map<PersonRecord, readonly Activity[]>();
  for (const [name, some] of Map.groupBy(records, (record) => record.connection)) {
    const space = connection.space.of(name);
    const leads = some.map(({ id, formerIds }) => ({ id, formerIds, emails: [], fields: {}, createdAt: 0 }));
    const done = await readDone(space, leads);
    for (const [index, record] of some.entries()) theirs.set(record, activitiesOf(record, done[index]?.byRecord ?? []));
  }
  return theirs;
}

function recordOf(connection: Connection, { lead, counters }: LeadRecord): Omit<PersonRecord, 'stamp'> {
  const { id, formerIds } = lead;
  return {
    connection: connection.crm.name,
    id,
    formerIds,
    counters: role(connection) === 'destination' ? [] : counters,
  };
}

/** Also those of a connection that is off now, for when it is on again; but nothing is scored in one that is a source alone. */
async function markRecords(connection: Connection, records: readonly PersonRecord[]): Promise<void> {
  const { crm, space, clock, wake } = connection;
  for (const [name, some] of Map.groupBy(records, (record) => record.connection)) {
    const other = neighbour(connection, name);
    if (other?.role === 'source') continue;
    await markDirty(space.of(name), [...new Set(some.map(({ id }) => id))], clock.now());
    await (name === crm.name ? wake('score') : other?.wake());
  }
}

const role = (connection: Connection) => connection.role ?? 'both';

const neighbour = ({ beside = [] }: Connection, name: string): Neighbour | undefined =>
  beside.find((each) => each.name === name);

/** Whether what people did there counts. */
function counts(connection: Connection, name: string): boolean {
  const its = name === connection.crm.name ? role(connection) : neighbour(connection, name)?.role;
  return its === 'both' || its === 'source';
}

type Own = Pick<PersonRecord, 'connection' | 'id' | 'formerIds'>;

const others = (own: Own, known: KnownPerson | undefined) =>
  (known?.records ?? []).filter((each) => !isSame(each, own) && !isFormer(each, own));

const isSame = (one: Own, other: Own) => one.connection === other.connection && one.id === other.id;

const isFormer = (one: Own, own: Own) => one.connection === own.connection && own.formerIds.includes(one.id);
