import { MINUTE } from '../../../../base/clock.ts';
import { dayIn } from '../days.ts';
import type { Draft } from '../draft.ts';
import type { Org } from '../org.ts';
import { refusal } from '../write-result.ts';
import type { Behaviour } from './behaviour.ts';
import { checkOwner, settleOwner } from './owner.ts';

export const taskBehaviour: Behaviour = {
  check: checkOwner,
  settle(org, draft, how) {
    settleOwner(org, draft, how);
    settleAccount(org, draft);
    const isClosed = draft.get('Status') === 'Completed';
    if (draft.before?.flag('IsClosed') !== isClosed) draft.set('CompletedDateTime', isClosed ? org.now() : null);
    draft.set('IsClosed', isClosed);
    draft.set('IsHighPriority', draft.get('Priority') === 'High');
  },
};

export const eventBehaviour: Behaviour = {
  check(org, draft) {
    const start = draft.get('StartDateTime') ?? draft.get('ActivityDateTime');
    if (start === null && draft.get('ActivityDate') === null) {
      return refusal('REQUIRED_FIELD_MISSING', 'Required fields are missing: [ActivityDateTime]', ['ActivityDateTime']);
    }
    return checkOwner(org, draft);
  },
  settle(org, draft, how) {
    settleOwner(org, draft, how);
    settleAccount(org, draft);
    settleTimes(org, draft);
  },
};

export const emailRelationBehaviour: Behaviour = {
  settle(org, draft) {
    draft.set('RelationObjectType', org.objectOf(draft.text('RelationId'))?.name ?? null);
  },
};

/** The account of the contact, or the one that it is about. */
function settleAccount(org: Org, draft: Draft): void {
  const who = org.find(draft.text('WhoId'));
  const what = org.find(draft.text('WhatId'));
  const accountId = what?.type.name === 'Account' ? what.id : (what?.get('AccountId') ?? who?.get('AccountId') ?? null);
  draft.set('AccountId', accountId);
}

/** Start, end and length say the same thing twice: the end follows unless it was the one that was written. */
function settleTimes(org: Org, draft: Draft): void {
  const isStarted = draft.before === undefined || draft.isChanged('StartDateTime');
  const start = (isStarted ? draft.get('StartDateTime') : null) ?? draft.get('ActivityDateTime');
  if (typeof start !== 'number') return;
  const isEnded = draft.isChanged('EndDateTime') && !draft.isChanged('DurationInMinutes');
  const end = draft.get('EndDateTime');
  const minutes = isEnded && typeof end === 'number' ? (end - start) / MINUTE : (draft.get('DurationInMinutes') ?? 60);
  if (typeof minutes !== 'number') return;
  draft.set('StartDateTime', start);
  draft.set('ActivityDateTime', start);
  draft.set('ActivityDate', dayIn(org.settings.timeZone, start));
  draft.set('DurationInMinutes', Math.round(minutes));
  draft.set('EndDateTime', start + Math.round(minutes) * MINUTE);
}
