import type { PastRecord } from '../../crm/crm.ts';
import type { ActivityType } from '../../leads/activity.ts';
import { noteOutcome } from './outcomes.ts';
import { type PastLeads, pastLeads } from './past-leads.ts';
import type { PastSource } from './past-source.ts';
import { type PersonIndex, personIndex } from './person-index.ts';

export interface ListOptions {
  readonly signal?: AbortSignal;
  /** Called after each page with how many records were read so far. */
  readonly onLeads?: (count: number) => void;
  /** Called with each record of the connection itself, as it is now, in the order of their numbers. */
  readonly onRecord?: (record: PastRecord) => void;
}

/** The leads of a CRM as they were, and whose doings count for each. */
export interface ListedLeads {
  /** Who became a customer or was converted by another of their records counts as well. */
  readonly leads: PastLeads;
  readonly index: PersonIndex;
  /** What the CRM only counts: of when it was done it tells the last time alone. */
  readonly counted: ReadonlySet<ActivityType>;
}

/** Lists the leads of the connection with their past, and the records of the same people in those beside it. */
export async function listPastLeads(
  { crm }: PastSource,
  beside: readonly PastSource[],
  options: ListOptions,
): Promise<ListedLeads> {
  const builder = pastLeads();
  const index = personIndex();
  const counted = new Set<ActivityType>();
  let count = 0;

  async function list(from: PastSource['crm'], keep: (record: PastRecord) => void): Promise<void> {
    for await (const records of pastPages(from, options.signal)) {
      for (const record of records) {
        keep(record);
        for (const { type } of record.counters) counted.add(type);
      }
      count += records.length;
      options.onLeads?.(count);
    }
  }

  const converted: Outcomes[] = [];
  await list(crm, (record) => {
    options.onRecord?.(record);
    index.add(crm.name, record.lead, builder.add(record));
    if (hasOutcome(record)) converted.push(outcomesOf(crm.name, record));
  });
  for (const { crm: other } of beside) {
    await list(other, (record) => {
      index.addBeside(other.name, record.lead);
      if (hasOutcome(record)) converted.push(outcomesOf(other.name, record));
    });
  }
  const leads = builder.finish();
  for (const { connection, leadId, customerSince, convertedAt } of converted) {
    for (const lead of index.leadsOf(connection, { leadId })) {
      noteOutcome(leads.customerSince, lead, customerSince);
      noteOutcome(leads.convertedAt, lead, convertedAt);
    }
  }
  return { leads, index, counted };
}

interface Outcomes extends Pick<PastRecord, 'customerSince' | 'convertedAt'> {
  readonly connection: string;
  readonly leadId: string;
}

const hasOutcome = ({ customerSince, convertedAt }: PastRecord) =>
  customerSince !== undefined || convertedAt !== undefined;

function outcomesOf(connection: string, { lead, customerSince, convertedAt }: PastRecord): Outcomes {
  return {
    connection,
    leadId: lead.id,
    ...(customerSince !== undefined && { customerSince }),
    ...(convertedAt !== undefined && { convertedAt }),
  };
}

async function* pastPages(
  crm: PastSource['crm'],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly PastRecord[]> {
  let after: string | undefined;
  do {
    const page = await crm.listPast(after, { patient: true, signal });
    yield page.records;
    after = page.next;
  } while (after !== undefined);
}
