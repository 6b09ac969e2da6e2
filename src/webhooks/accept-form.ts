import { MINUTE } from '../base/clock.ts';
import { hashEmail } from '../leads/email.ts';
import { expectOnce } from '../ledger/expected.ts';
import type { FormSubmitted } from './form-submitted.ts';
import { REMEMBERED, type Receiving } from './receiving.ts';
import { shortHash } from './short-hash.ts';

/** What was sent longer ago than this the usual polls have found, and read no more, in milliseconds. */
const TOO_OLD = 10 * MINUTE;

/**
 * A submission is in the CRM, or will be in a moment: its form is fetched at once, and again until it is there. Nothing is
 * scored that only we saw. Once this returns, it is in Redis; the same `id` again changes nothing.
 */
export async function acceptForm(
  { space, clock, wake }: Receiving,
  { form, email, sentAt }: FormSubmitted,
  id: string,
): Promise<void> {
  const now = clock.now();
  const at = Math.min(sentAt ?? now, now);
  if (at < now - TOO_OLD) return;
  const emailHash = email === undefined ? undefined : hashEmail(email);
  const key = `form-${shortHash(id)}`;
  await expectOnce(space, key, { form, emailHash, sentAt: at, toldAt: now }, REMEMBERED);
  // Also for one that came before: its wake may have failed, and where nothing is expected any more it does nothing.
  await wake('pull-expected');
}
