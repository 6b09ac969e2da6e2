import type { LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import { hashEmail } from '../leads/email.ts';
import { type Done, readDone } from '../ledger/activities.ts';
import { markDirty } from '../ledger/dirty.ts';
import {
  type KnownPerson,
  leavePeople,
  notePerson,
  type PersonRecord,
  readPeople,
  stampOf,
} from '../ledger/person-records.ts';
import type { Space } from '../ledger/space.ts';
import { activitiesOf } from './activities-of.ts';
import { type Connection, keepStateFor, type Neighbour } from './connection.ts';

/** All that the person behind a record did, in whatever CRM. */
export interface Doings {
  /** What a score depends on. */
  readonly activities: readonly Activity[];
  /** What is kept of this record and its addresses. */
  readonly done: Done;
  /** By the addresses of the record, in their order; empty where nobody else could know of the person. */
  readonly people: readonly KnownPerson[];
}

/** Whether a person may have several records: then what is done under one counts for all, by their e-mail address. */
export function mayShare({ crm, beside = [] }: Connection): boolean {
  return beside.length > 0 || crm.sharesAddresses === true;
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
    const own = done[index] ?? { byRecord: [], byAddress: [] };
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
  const { space, crm } = connection;
  const marks: PersonRecord[] = [];
  const notes: { hash: string; record: PersonRecord; stamp: string }[] = [];
  for (const telling of tellings) {
    const { record, done, people, hashesBefore } = telling;
    const hashes = record.lead.emails.map(hashEmail);
    const own = personRecord(connection, telling);
    const stamp = stampOf(done.byAddress);
    for (const [index, hash] of hashes.entries()) {
      const known = people[index];
      const before = known?.records.find((each) => isSame(each, own))?.stamp ?? '';
      if (before !== own.stamp || (known?.stamp ?? '') !== stamp) marks.push(...others(own, known));
      notes.push({ hash, record: own, stamp });
      // Whatever was merged into it is told of by this record now.
      for (const former of known?.records.filter((each) => isFormer(each, own)) ?? [])
        await leavePeople(space, [hash], former);
    }
    const left = hashesBefore.filter((hash) => !hashes.includes(hash));
    const once = await readPeople(space, left);
    if (once.some(({ records }) => records.some((each) => isSame(each, own)))) {
      await markRecords(
        connection,
        once.flatMap((known) => others(own, known)),
      );
      await leavePeople(space, left, { connection: crm.name, id: record.lead.id });
    }
  }
  await markRecords(connection, marks);
  await notePerson(space, notes, keepStateFor(connection.models));
}

/** A record that is no more tells nothing: whoever else is of its persons is scored again. */
export async function leaveAllPeople(connection: Connection, id: string, hashes: readonly string[]): Promise<void> {
  if (!mayShare(connection) || hashes.length === 0) return;
  const { space, crm } = connection;
  const own = { connection: crm.name, id, formerIds: [], counters: [], stamp: '' };
  const known = await readPeople(space, hashes);
  const told = known.filter(({ records }) => records.some((each) => isSame(each, own)));
  await markRecords(
    connection,
    told.flatMap((person) => others(own, person)),
  );
  await leavePeople(space, hashes, own);
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
function ownActivities({ role }: Connection, record: LeadRecord, { byRecord, byAddress }: Done): readonly Activity[] {
  return role === 'destination' ? byAddress : activitiesOf(record, [...byRecord, ...byAddress]);
}

/** The other records of the person whose engagement counts, each once. */
function othersOf(connection: Connection, { lead }: LeadRecord, people: readonly KnownPerson[]): PersonRecord[] {
  const own = { connection: connection.crm.name, id: lead.id, formerIds: lead.formerIds };
  const found = people.flatMap(({ records }) => records).filter((each) => !isSame(each, own) && !isFormer(each, own));
  const telling = found.filter((each) => counts(connection, each.connection));
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

function personRecord({ crm, role }: Connection, { record, done }: Telling): PersonRecord {
  const { id, formerIds } = record.lead;
  if (role === 'destination') return { connection: crm.name, id, formerIds, counters: [], stamp: '' };
  const counters = record.counters;
  return { connection: crm.name, id, formerIds, counters, stamp: stampOf([...counters, ...done.byRecord]) };
}

async function markRecords(connection: Connection, records: readonly PersonRecord[]): Promise<void> {
  const { crm, space, clock } = connection;
  for (const [name, some] of Map.groupBy(records, (record) => record.connection)) {
    const ids = [...new Set(some.map(({ id }) => id))];
    const other = neighbour(connection, name);
    if (name === crm.name) await markDirty(space, ids, clock.now());
    else if (other !== undefined && other.role !== 'source') {
      await markDirty(space.of(name), ids, clock.now());
      await other.wake();
    }
  }
}

const neighbour = ({ beside = [] }: Connection, name: string): Neighbour | undefined =>
  beside.find((each) => each.name === name);

/** Whether what people did there counts. */
function counts(connection: Connection, name: string): boolean {
  const role = name === connection.crm.name ? (connection.role ?? 'both') : neighbour(connection, name)?.role;
  return role === 'both' || role === 'source';
}

type Own = Pick<PersonRecord, 'connection' | 'id' | 'formerIds'>;

const others = (own: Own, known: KnownPerson | undefined) =>
  (known?.records ?? []).filter((each) => !isSame(each, own) && !isFormer(each, own));

const isSame = (one: Own, other: Own) => one.connection === other.connection && one.id === other.id;

const isFormer = (one: Own, own: Own) => one.connection === own.connection && own.formerIds.includes(one.id);
