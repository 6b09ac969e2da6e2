import type { Observation } from '../crm/crm.ts';
import { hashEmail } from '../leads/email.ts';
import { crossOff } from '../ledger/expected.ts';
import type { Space } from '../ledger/space.ts';

/** What the CRM showed is expected no more, where a company's own site had told of it. */
export async function meetExpected(space: Space, observations: readonly Observation[]): Promise<void> {
  const met = observations.flatMap(({ person, activity: { type, name, at } }) =>
    type === 'form-submission' && name !== undefined && 'email' in person
      ? [{ form: name, emailHash: hashEmail(person.email), at }]
      : [],
  );
  await crossOff(space, met);
}
