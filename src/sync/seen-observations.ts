import { MINUTE } from '../base/clock.ts';
import type { ActivityStream, Observation } from '../crm/crm.ts';
import { areSeen, markSeen } from '../ledger/seen.ts';
import type { Space } from '../ledger/space.ts';
import { meetExpected } from './meet-expected.ts';

/** Something that a stream told and that is not dealt with yet. */
export interface Seen {
  readonly reference: string;
  readonly observation: Observation;
  readonly leadId: string | undefined;
  readonly email: string | undefined;
  readonly overlap: number;
}

/** Those of a page that are new. */
export async function unseen(space: Space, stream: ActivityStream, page: readonly Observation[]): Promise<Seen[]> {
  const entries = page.map((observation) => ({
    reference: referenceOf(stream, observation),
    observation,
    leadId: 'leadId' in observation.person ? observation.person.leadId : undefined,
    email: 'email' in observation.person ? observation.person.email : undefined,
    overlap: stream.overlap,
  }));
  const seen = await areSeen(
    space,
    entries.map(({ reference }) => reference),
  );
  // The site may tell of a submission only after a poll has dealt with it.
  await meetExpected(
    space,
    page.filter((_, index) => seen[index]),
  );
  return entries.filter((_, index) => !seen[index]);
}

/** What may be edited is new again once anything of it differs, and each of those whom it concerns is told of it. */
function referenceOf({ name }: ActivityStream, observation: Observation): string {
  const { activity, revision } = observation;
  return revision === undefined ? `${name} ${activity.id}` : `${name} ${JSON.stringify(observation)}`;
}

/** They count as seen from now on. */
export async function remember(space: Space, entries: readonly Seen[]): Promise<void> {
  const longest = Math.max(0, ...entries.map(({ overlap }) => overlap));
  await markSeen(
    space,
    entries.map(({ reference }) => reference),
    2 * longest + MINUTE,
  );
  await meetExpected(
    space,
    entries.map(({ observation }) => observation),
  );
}
