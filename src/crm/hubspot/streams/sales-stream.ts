import type { Activity, ActivityType } from '../../../leads/activity.ts';
import type { ActivityStream, CallOptions, Observation, StreamWindow } from '../../crm.ts';
import { ASSOCIATIONS_BATCH, readContactsOf } from '../api/associations.ts';
import type { Contact } from '../api/contacts.ts';
import type { SalesType } from '../api/sales-records.ts';
import { readTime } from '../outputs.ts';
import { PATHS } from '../paths.ts';
import { SEARCH_LATENESS, searchWindow, type WindowSearch } from '../search-window.ts';
import type { Transport } from '../transport.ts';

/** A record of sales, in the shape of every record. */
export type SalesRecord = Contact;

export interface SalesSource {
  readonly type: SalesType;
  /** The name of the stream. */
  readonly name: string;
  readonly properties: readonly string[];
  /** The properties that say when it happened, the first that is set. */
  readonly times: readonly string[];
  /** Which records can tell of anything, where nothing was told before. */
  readonly where?: Readonly<Record<string, string>>;
  /** Called once for each reading of a window, for what must be known of the portal to understand the records. */
  reader(transport: Transport, options?: CallOptions): (record: SalesRecord, at: number) => Deed | Promise<Deed>;
}

/** What a record says that was done. */
export interface Deed {
  readonly activity: Pick<Activity, 'type' | 'name' | 'minutes' | 'isInbound'>;
  /** It did not take place, or has not yet. */
  readonly withdrawn?: boolean;
  /** As what else an earlier revision may have told it: that is taken back. */
  readonly instead?: readonly ActivityType[];
  /** Who did it, where only one of the contacts did: a normalised e-mail address. */
  readonly by?: string;
}

/**
 * Meetings, calls, e-mails or deals with contacts: what was edited within the window, each told again with every edit, to each
 * contact that it is about. HubSpot tells neither of one that was deleted nor whom it is no longer about; and whom it comes to
 * be about later is no edit to it.
 */
export function salesStream(transport: Transport, source: SalesSource): ActivityStream {
  return {
    name: source.name,
    ...SEARCH_LATENESS,
    changesUnseen: true,
    pull: (window, options) => pull(transport, source, window, options),
  };
}

async function* pull(
  transport: Transport,
  source: SalesSource,
  window: StreamWindow,
  options?: CallOptions,
): AsyncIterable<Observation[]> {
  const read = source.reader(transport, options);
  const found = searchWindow(transport, searchOf(source, window), options);
  for await (const records of gathered(found, ASSOCIATIONS_BATCH)) {
    const wanted = { type: source.type, ids: records.map(({ id }) => id) };
    const contacts = await readContactsOf(transport, wanted, options);
    const observations: Observation[] = [];
    for (const record of records) {
      const about = contacts.get(record.id);
      if (about !== undefined) observations.push(...(await observe(source, record, [...about], read)));
    }
    if (observations.length > 0) yield observations;
  }
}

/** No meeting is later. */
const LATEST = Date.UTC(9999, 11, 31);

function searchOf({ type, times, where, properties }: SalesSource, { since, ...window }: StreamWindow): WindowSearch {
  const search = {
    path: `${PATHS.objects}/${type}/search`,
    properties: [...new Set([...properties, ...times, 'hs_lastmodifieddate'])],
  };
  if (since === undefined) return { ...search, within: [{ property: 'hs_lastmodifieddate', window }] };
  return { ...search, where, within: times.map((property) => ({ property, window: { from: since, to: LATEST } })) };
}

async function observe(
  { times }: SalesSource,
  record: SalesRecord,
  contacts: readonly string[],
  read: ReturnType<SalesSource['reader']>,
): Promise<Observation[]> {
  const { id, properties, updatedAt } = record;
  const revision = readTime(properties.hs_lastmodifieddate) ?? readTime(updatedAt) ?? 0;
  const [at] = times.flatMap((property) => readTime(properties[property]) ?? []);
  const { activity, withdrawn = false, instead = [], by } = await read(record, at ?? revision);
  const told = {
    activity: { ...activity, id, at: at ?? revision },
    revision,
    // What has no time (any more) cannot count at any.
    ...((withdrawn || at === undefined) && { withdrawn: true as const }),
  };
  const takenBack = instead.map((type) => {
    return { activity: { type, id, at: at ?? revision }, revision, withdrawn: true as const };
  });
  const people: Observation['person'][] =
    by !== undefined && contacts.length > 1 ? [{ email: by }] : contacts.map((leadId) => ({ leadId }));
  return people.flatMap((person) => [told, ...takenBack].map((each) => ({ ...each, person })));
}

/** The items of the pages, `size` at once but for the last. */
async function* gathered<Item>(pages: AsyncIterable<readonly Item[]>, size: number): AsyncIterable<Item[]> {
  const some: Item[] = [];
  for await (const page of pages) {
    some.push(...page);
    while (some.length >= size) yield some.splice(0, size);
  }
  if (some.length > 0) yield some;
}
