import { FatalError, RetryableError } from '../../../base/errors.ts';
import type { CallOptions, WriteOutcome } from '../../crm.ts';
import { attemptAll } from './attempt-all.ts';
import { toTheirContacts } from './converted-leads.ts';
import { settleMissing } from './missing-rows.ts';
import { toTheirAccounts } from './person-accounts.ts';
import type { RowUpdate } from './row-update.ts';
import { type RowVerdict, refusedRow, verdictOn } from './row-verdict.ts';
import { singly } from './singly.ts';
import type { Attempt } from './update-and-read.ts';
import { withoutOwners } from './without-owners.ts';
import type { WriteContext } from './write-context.ts';

type Outcomes = Map<string, WriteOutcome>;
type Open = Readonly<Record<RowVerdict, Attempt[]>>;

/**
 * Writes every row as far as it goes: locked ones again by themselves, converted leads to their contacts, contacts that became
 * person accounts to these, those whose new owner cannot be without one. Where the connection fails before anything was settled, it throws; once something was, the rows that remain
 * come back as failed with that error, so that no outcome is lost. The signal stops a bulk job alone, and that throws.
 * @param settled outcomes that need no call.
 */
export async function writeUpdates(
  context: WriteContext,
  updates: readonly RowUpdate[],
  settled: readonly WriteOutcome[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const outcomes: Outcomes = new Map(settled.map((outcome) => [outcome.id, outcome]));
  try {
    // A row changes its way at most three times: to its contact, to that one's account, and without its owner.
    let open = updates;
    for (let round = 0; round < 4 && open.length > 0; round += 1)
      open = await writeRound(context, open, outcomes, options);
    leave(outcomes, open, new RetryableError('Salesforce refused a record in one way after the other: read it afresh'));
  } catch (error) {
    const ours = error instanceof RetryableError || error instanceof FatalError;
    if (!ours || outcomes.size === 0) throw error;
    leave(outcomes, updates, error);
  }
  return [...outcomes.values()];
}

function leave(outcomes: Outcomes, updates: readonly RowUpdate[], error: RetryableError | FatalError): void {
  for (const { id } of updates) if (!outcomes.has(id)) outcomes.set(id, { id, status: 'failed', error });
}

/** Notes what is settled as soon as it is, and returns what to write in another way. */
async function writeRound(
  context: WriteContext,
  updates: readonly RowUpdate[],
  outcomes: Outcomes,
  { signal, ...options }: CallOptions = {},
): Promise<RowUpdate[]> {
  const note = (outcome: WriteOutcome) => void outcomes.set(outcome.id, outcome);
  const open: Open = { again: [], converted: [], personAccount: [], missing: [], owner: [], refused: [] };
  const sort = (attempts: readonly Attempt[]) => {
    for (const attempt of attempts) {
      if (attempt.problems.length === 0) note(written(context, attempt));
      else open[verdictOn(attempt.update, attempt.problems)].push(attempt);
    }
  };
  for await (const attempts of attemptAll(context, updates, { ...options, signal })) sort(attempts);
  const locked = open.again.splice(0);
  for await (const attempts of singly(context, locked, options)) sort(attempts);
  for (const { update, problems } of [...open.again, ...open.refused]) note(refusedRow(update, problems));
  for (const outcome of await settleMissing(context, open.missing, options)) note(outcome);
  const contacts = await toTheirContacts(context, updatesOf(open.converted), options);
  const accounts = await toTheirAccounts(context, open.personAccount, options);
  for (const outcome of [...contacts.settled, ...accounts.settled]) note(outcome);
  return [...withoutOwners(context, open.owner), ...contacts.updates, ...accounts.updates];
}

/** Whether the stage moved is read from the record and never assumed: a flow of the org's may have put it back. */
function written({ config: { lifecycle } }: WriteContext, { update, after }: Attempt): WriteOutcome {
  const { id, fields } = update;
  const stage = lifecycle === 'off' ? undefined : fields[lifecycle.field];
  const moved = stage === undefined ? {} : { moved: after?.stage === stage };
  const { changedAt = 0, since } = after ?? {};
  return { id, status: 'written', changedAt, ...(since !== undefined && { since }), ...moved };
}

const updatesOf = (attempts: readonly Attempt[]) => attempts.map(({ update }) => update);
