import type { ActivityStream, Observation } from '../../crm/crm.ts';
import { newestOf, type Told } from '../../ledger/activity-member.ts';
import type { Partitions } from './partitions.ts';
import type { PastSource } from './past-source.ts';
import type { PersonIndex } from './person-index.ts';

export interface GatherOptions {
  readonly index: PersonIndex;
  readonly partitions: Partitions;
  /** Activities from then to now, in milliseconds since 1970; sales that were won at any time. */
  readonly from: number;
  readonly now: number;
  readonly signal?: AbortSignal;
  /** Called while activities come in, with how many so far. */
  readonly onActivities?: (count: number) => void;
}

/** By lead, its sales that were won and not taken back, in milliseconds since 1970. */
export type WonSales = ReadonlyMap<number, readonly number[]>;

/** The stream of either CRM that tells of them. */
const SALES = 'deal-won';

/**
 * Puts what people did into the partitions of the leads for whom it counts: from all these connections, as in scoring. Of sales all
 * is asked for, since whoever bought long ago is no lead that did not buy.
 */
export async function gatherActivities(connections: readonly PastSource[], options: GatherOptions): Promise<WonSales> {
  const { index, partitions, from, now, signal, onActivities } = options;
  const sales = new Map<number, Told[]>();
  let count = 0;

  function keep({ crm, role }: PastSource, { person, activity, revision, withdrawn }: Observation): void {
    const told: Told = { activity, ...(revision !== undefined && { revision }), ...(withdrawn && { withdrawn }) };
    for (const lead of index.leadsOf(crm.name, person)) {
      if (role !== 'destination') partitions.add(lead, told);
      if (activity.type === SALES) sales.set(lead, [...(sales.get(lead) ?? []), told]);
    }
  }

  const gatherOne = async (connection: PastSource, stream: ActivityStream) => {
    const since = stream.name === SALES ? 0 : from;
    for await (const observations of stream.pull({ from: since, to: now, since }, { patient: true, signal })) {
      for (const observation of observations) keep(connection, observation);
      count += observations.length;
      onActivities?.(count);
    }
  };
  // Where one fails, the others come to their end first: nothing is written to a folder that is being removed.
  const gathered = await Promise.allSettled(
    connections.flatMap((connection) => toGather(connection).map((stream) => gatherOne(connection, stream))),
  );
  for (const each of gathered) if (each.status === 'rejected') throw each.reason;
  return new Map([...sales].map(([lead, told]) => [lead, wonAt(told)]));
}

/** Who bought is known even where nothing else that is told counts. */
function toGather({ crm, role }: PastSource): readonly ActivityStream[] {
  return role === 'destination' ? crm.streams.filter(({ name }) => name === SALES) : crm.streams;
}

function wonAt(told: readonly Told[]): number[] {
  return newestOf(told).flatMap(({ activity, withdrawn }) => (withdrawn ? [] : activity.at));
}
