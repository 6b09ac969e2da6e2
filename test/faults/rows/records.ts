import type { Row } from './row.ts';

const RECEIVER = 'test/e2e/receiver.test.ts';
const RECEIVER_SALESFORCE = 'test/e2e/receiver-salesforce.test.ts';
const POLLS = 'test/e2e/polls.test.ts';
const READING = 'test/e2e/reading-right.test.ts';
const READING_SALESFORCE = 'test/faults/salesforce-reading.test.ts';
const SALESFORCE = 'test/e2e/salesforce-sync.test.ts';
const OUTBOUND = 'test/faults/outbound-messages.test.ts';
const CLOCKS = 'test/faults/clock-skew.test.ts';

/** What becomes of records, of what is known of them, and of two CRMs side by side. */
export const RECORDS: readonly Row[] = [
  {
    number: 21,
    inject: '12,000 leads share one timestamp; pages shift',
    holds: 'none lost, none looped',
    proofs: [
      [READING, 'finds 12,000 contacts with one timestamp, each once, past the cap of a search'],
      [READING, 'loses nobody while pages shift: some leave the window, others come, some are deleted'],
      [READING_SALESFORCE, 'finds 12,000 leads with one timestamp, each once'],
      [READING_SALESFORCE, 'loses nobody while pages shift: some change again, others come, some are deleted'],
    ],
  },
  {
    number: 22,
    inject: 'a second sync, nothing changed',
    holds: 'no write',
    proofs: [
      ['test/e2e/backfill.test.ts', 'writes nothing the second time, nor do the polls that find our own writes'],
      [
        'test/e2e/salesforce-backfill.test.ts',
        'writes nothing the second time, nor do the polls that find our own writes',
      ],
    ],
  },
  {
    number: 23,
    inject: 'three of 100 rows refused, or the whole batch for one value',
    holds: '97 written, three dead letters with their reason',
    proofs: [
      ['test/e2e/faults.test.ts', 'when HubSpot answers a bad value by fail-row'],
      ['test/e2e/faults.test.ts', 'when HubSpot answers a bad value by fail-batch'],
      [
        READING_SALESFORCE,
        'when Salesforce refuses three rows of a hundred, 97 are written, three dead letters say why, and a retry mends them',
      ],
    ],
  },
  {
    number: 24,
    inject: 'clock skew, a cursor in 2099',
    holds: 'nothing lost, no crash, a clear message',
    proofs: [
      [CLOCKS, "nothing is lost where the CRM's clock is … ours by a minute and a half"],
      [CLOCKS, 'nothing is lost where the clock of Salesforce is … ours by a minute and a half'],
      [POLLS, 'go on from the first backfill when a wrong clock left their cursors in 2099, and say so'],
      [
        CLOCKS,
        'with Salesforce the polls go on from the first backfill when a wrong clock left their cursors in 2099, and say so',
      ],
    ],
  },
  {
    number: 25,
    inject: 'our own write comes back as a webhook and in the poll',
    holds: 'no further write',
    proofs: [
      [
        'test/faults/echoes.test.ts',
        'what we wrote ourselves comes back by webhook and by poll, and nothing is written for it',
      ],
      [
        OUTBOUND,
        'what leadgauge wrote itself comes back as outbound messages and in the polls, and nothing is written for it',
      ],
    ],
  },
  {
    number: 26,
    inject: 'a lead is deleted, merged, privacy-deleted, converted',
    holds: 'skipped or moved, erased where it must be',
    proofs: [
      [POLLS, 'let go of a lead that was deleted before it could be read or written'],
      [POLLS, 'keep what both did when leads are merged, and forget the old ones'],
      [POLLS, 'erase what a person did when HubSpot says that they were deleted for privacy'],
      ['test/e2e/sweep.test.ts', 'erases what is left of one that was deleted for privacy, of which nobody told'],
      [
        'test/e2e/erasure.test.ts',
        'a privacy deletion erases a form that came in a moment before, whose sender nobody had scored since',
      ],
      [SALESFORCE, 'lets the contact take over what the lead did that it was converted from'],
      [SALESFORCE, 'keeps what both did when … are merged, and forgets the old one'],
      [SALESFORCE, 'forgets who was deleted, and knows them again with all they did when they are restored'],
      [
        'test/faults/gone-salesforce.test.ts',
        'a … that is erased for good leaves nothing in Redis: the nightly sweep finds it, of which nobody told',
      ],
      [
        'test/faults/gone-salesforce.test.ts',
        'leads that were deleted, merged or converted before they are written are let go or moved, and hold up nobody',
      ],
    ],
  },
  {
    number: 27,
    inject: 'an output property missing, of another type, read-only',
    holds: 'check names it, nothing is written',
    proofs: [
      [
        'test/faults/outputs.test.ts',
        'an output property that … after the set-up: check names it, and a backfill writes nothing',
      ],
      [
        'test/faults/outputs.test.ts',
        'an output field of Salesforce that … after the set-up: check names it, and a backfill writes nothing',
      ],
    ],
  },
  {
    number: 28,
    inject: 'an address and a token in payload, URL, error body',
    holds: 'in no log, job or dead letter',
    proofs: [
      [
        'test/faults/canaries.test.ts',
        'an e-mail address and a token in a record, a page address, an error and a webhook get into no log, job, dead letter or key',
      ],
      [
        'test/faults/canaries-salesforce.test.ts',
        'an e-mail address and a session in a record, an error and an outbound message of Salesforce get into no log, job, dead letter or key',
      ],
      [RECEIVER, 'nothing of a delivery is in the logs'],
      [RECEIVER_SALESFORCE, 'nothing of a record but its id is in Redis, in jobs or in the logs, and no secret'],
    ],
  },
  {
    number: 29,
    inject: 'an instance URL inside the network; a redirect there',
    holds: 'refused',
    proofs: [
      ['test/faults/addresses.test.ts', '… is no address that the token may go to'],
      [
        'test/faults/addresses.test.ts',
        'a redirect (…) to a host inside takes no token along, and its answer is not used',
      ],
      ['test/faults/addresses.test.ts', '… is no address that secrets and sessions of Salesforce may go to'],
      ['test/faults/addresses.test.ts', 'an org that names an address inside the network as its own gets no call'],
      [
        'test/faults/addresses.test.ts',
        'a redirect of Salesforce (…) to a host inside is not followed: neither session nor record goes there',
      ],
    ],
  },
  {
    number: 30,
    inject: 'Redis is emptied',
    holds: 'a backfill brings every score back the same',
    proofs: [
      ['test/e2e/backfill.test.ts', 'after Redis was emptied, brings every score back the same and alerts nobody'],
      ['test/e2e/salesforce-backfill.test.ts', 'after Redis was emptied, brings every score back the same'],
    ],
  },
  {
    number: 31,
    inject: 'Redis killed under load, restarted on its append-only file (kept with appendfsync always)',
    holds: 'nothing lost that was acknowledged',
    proofs: [
      [
        'test/faults/redis-restart.test.ts',
        'a redis-server that is killed under load by HubSpot and started again on its append-only file has all that was acknowledged',
      ],
      [
        'test/faults/redis-restart.test.ts',
        'a redis-server that is killed under load by Salesforce and started again on its append-only file has all that was acknowledged',
      ],
    ],
  },
  {
    number: 32,
    inject: 'every webhook dropped',
    holds: 'the polls reach the same state',
    proofs: [
      [POLLS, 'dropped, they lead to the same state'],
      [OUTBOUND, 'dropped, they lead to the same state'],
      ['test/e2e/salesforce-fast-track.test.ts', 'is found by the next poll where every webhook was lost'],
    ],
  },
  {
    number: 33,
    inject: 'two connections, one limited to a crawl',
    holds: 'the other one is not slowed',
    proofs: [
      [
        'test/faults/two-connections.test.ts',
        'HubSpot is: Salesforce is polled, scored and fast-tracked all the same, and the slow one gets there in its time',
      ],
      [
        'test/faults/two-connections.test.ts',
        'Salesforce is: HubSpot is polled, scored and fast-tracked all the same, and the slow one gets there in its time',
      ],
    ],
  },
];
