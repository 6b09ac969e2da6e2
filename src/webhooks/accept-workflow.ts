import { SECOND } from '../base/clock.ts';
import { markDirtyOnce } from '../ledger/dirty.ts';
import type { Receiving } from './receiving.ts';
import { wakeHotPoll } from './wake-hot-poll.ts';
import type { WorkflowContact } from './workflow-contact.ts';

/** The same request sent again within this time changes nothing, in milliseconds: its signature is good for ever. */
const HELD = 5 * SECOND;

/** A workflow may enrol thousands of contacts at once, which is no reason to ask for the forms thousands of times. */
const HOT_POLLS = { most: 1, within: 5 * SECOND, apart: 0 };

/** The contact may have changed, and may have sent a form. Once this returns, that is in Redis. */
export async function acceptWorkflow(
  { space, clock, wake }: Receiving,
  { leadId, key }: WorkflowContact,
): Promise<void> {
  const now = clock.now();
  const fresh = await markDirtyOnce(space, [{ key: `workflow-${key}`, leadId }], now, HELD);
  if (fresh === 0) return;
  await wake('score');
  await wakeHotPoll({ space, clock, wake }, 'workflow-hot-poll', HOT_POLLS);
}
