import { type PolledStream, savePolled } from '../ledger/polled-streams.ts';
import { LEADS_CURSOR } from './baseline.ts';
import type { Connection } from './connection.ts';
import { relatedCursor } from './pull-related.ts';
import { hotStreams, ordinaryStreams } from './pull-streams.ts';

/** Notes what this connection polls from now on, for whoever asks how fresh it is without asking the CRM. Call it once it is connected. */
export async function notePolled(connection: Connection): Promise<void> {
  const { crm, space } = connection;
  const by = (schedule: string, names: readonly string[]): PolledStream[] => names.map((name) => ({ name, schedule }));
  await savePolled(space, [
    ...by('pull_leads', [LEADS_CURSOR]),
    ...by('pull_related', crm.related.map(relatedCursor)),
    ...by('hot_poll', hotStreams(connection).map(nameOf)),
    ...by('pull_activities', ordinaryStreams(connection).map(nameOf)),
  ]);
}

const nameOf = ({ name }: { readonly name: string }) => name;
