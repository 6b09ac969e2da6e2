import type { Draft } from '../draft.ts';
import { fullName } from '../full-name.ts';
import type { Org } from '../org.ts';
import { refusal, type WriteError } from '../write-result.ts';
import type { Behaviour } from './behaviour.ts';
import { checkOwner, settleOwner } from './owner.ts';
import { followContact } from './person-accounts.ts';

export const leadBehaviour: Behaviour = {
  check(org, draft, { by }) {
    if (by !== undefined && draft.before?.flag('IsConverted') === true) {
      return refusal('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    return (by === undefined ? undefined : convertedStatus(org, draft)) ?? checkOwner(org, draft);
  },
  settle(org, draft, how) {
    settleName(draft);
    settleOwner(org, draft, how);
  },
};

export const contactBehaviour: Behaviour = {
  check(org, draft, { by }) {
    if (by !== undefined && draft.before?.flag('IsPersonAccount') === true) {
      return refusal('INVALID_PERSON_ACCOUNT_OPERATION', 'cannot reference person contact');
    }
    return checkOwner(org, draft);
  },
  settle(org, draft, how) {
    settleName(draft);
    settleOwner(org, draft, how);
  },
  follow: followContact,
};

export const userBehaviour: Behaviour = { settle: (_org, draft) => settleName(draft) };

function settleName(draft: Draft): void {
  draft.set('Name', fullName(draft.text('FirstName'), draft.text('LastName')));
}

/** Only converting a lead gives it such a status. */
function convertedStatus(org: Org, draft: Draft): WriteError | undefined {
  if (!draft.isChanged('Status')) return undefined;
  const status = org.type('LeadStatus').where('ApiName', draft.text('Status'))[0];
  if (status?.flag('IsConverted') !== true) return undefined;
  return refusal('INVALID_STATUS', 'invalid status: a lead gets a converted status by being converted', ['Status']);
}
