import type { Row } from './row.ts';

const RECEIVER = 'test/e2e/receiver.test.ts';
const RECEIVER_SALESFORCE = 'test/e2e/receiver-salesforce.test.ts';
const RECEIVER_WORKFLOW = 'test/e2e/receiver-workflow.test.ts';
const RECEIVER_FORM = 'test/e2e/receiver-form.test.ts';
const POLLS = 'test/e2e/polls.test.ts';
const OUTBOUND = 'test/faults/outbound-messages.test.ts';
const REDIS_AWAY = 'test/faults/redis-away.test.ts';

/** What is sent to the receiver, by whoever. */
export const RECEIVING: readonly Row[] = [
  {
    number: 1,
    inject: 're-serialise the JSON body',
    holds: '401, no job',
    proofs: [
      [RECEIVER, 'a body that was serialised anew is refused, and no job is made'],
      [RECEIVER_WORKFLOW, 'covers the body: one that was serialised anew is refused'],
    ],
  },
  {
    number: 2,
    inject: 'a signature that is missing, short or none',
    holds: '401, never 500',
    proofs: [
      [RECEIVER, 'a signature that is … is refused'],
      [RECEIVER_WORKFLOW, 'that is not there, or of another time, is refused with this reason'],
      [RECEIVER_SALESFORCE, 'that is wrong finds the same nothing as any other address, whatever is sent there'],
      [RECEIVER_SALESFORCE, 'with … is refused with the reason'],
    ],
  },
  {
    number: 3,
    inject: 'a timestamp five minutes off, or none',
    holds: '401; 299 seconds are fine',
    proofs: [
      [RECEIVER, 'a timestamp that is … is answered as it must be'],
      [RECEIVER_FORM, 'may be almost five minutes off, and one of several'],
    ],
  },
  {
    number: 4,
    inject: 'signed with the old, the new, a removed secret',
    holds: 'accepted, accepted, refused',
    proofs: [
      [RECEIVER, 'while one secret replaces the other both are good, and one that was removed is not'],
      [RECEIVER_WORKFLOW, 'while one secret replaces the other both are good, behind a proxy as well'],
      [RECEIVER_FORM, 'while one secret replaces the other both are good, and one that was removed is not'],
      [RECEIVER_SALESFORCE, 'is replaced without losing a message: both are good for a while'],
    ],
  },
  {
    number: 5,
    inject: 'the CRM stalls for a minute',
    holds: 'webhooks are acknowledged within a second, without a call',
    proofs: [
      [
        'test/e2e/receiver-stall.test.ts',
        'while the CRM stalls for a minute, every webhook is acknowledged within a second',
      ],
      [
        'test/faults/salesforce-stalls.test.ts',
        'while Salesforce does not answer, every outbound message and flow is acknowledged within a second, and no call is made for it',
      ],
    ],
  },
  {
    number: 6,
    inject: 'Redis is stopped',
    holds: '503 within a second, the retry succeeds',
    proofs: [
      [REDIS_AWAY, 'that is …: every sender is told within a second to come again, and its retry succeeds'],
      [RECEIVER, 'the sender is told to come again, and its retry succeeds'],
      [RECEIVER_SALESFORCE, 'with Redis away Salesforce is told within a second to come again, and its retry succeeds'],
    ],
  },
  {
    number: 7,
    inject: 'the same event ten times at once, and again later',
    holds: 'one effect',
    proofs: [
      [RECEIVER, 'the same event ten times at once and again later has one effect'],
      [RECEIVER_SALESFORCE, 'ten times at once and again later has one effect'],
      [
        'test/e2e/fast-track.test.ts',
        'makes one task however often it is reported: by ten webhooks, both polls and two workers at once',
      ],
      [
        'test/e2e/salesforce-fast-track.test.ts',
        'makes one task however often it is told: by webhooks, both polls and two workers at once',
      ],
    ],
  },
  {
    number: 8,
    inject: 'events in reversed order',
    holds: 'the same final score',
    proofs: [
      [POLLS, 'sent three times and in reversed order, they lead to the same state'],
      [OUTBOUND, 'sent three times and the latest first, they lead to the same state'],
    ],
  },
  {
    number: 9,
    inject: '5 MB, a gzip bomb, another type, 10,000 nested arrays',
    holds: '413, 415 or 400; memory flat',
    proofs: [
      [RECEIVER, '5 MB are refused unread'],
      [RECEIVER, 'a gzip bomb is refused without being unpacked'],
      [RECEIVER, '10,000 nested arrays is refused even where it is signed'],
      [RECEIVER_SALESFORCE, 'with 10,000 nested elements is refused, and nothing is written down'],
      [
        'test/faults/hostile-bodies.test.ts',
        'bodies too large, packed, of another type or nested 10,000 deep, again and again: each is refused, and the receiver grows by less than …',
      ],
    ],
  },
  {
    number: 10,
    inject: '100 events, one malformed',
    holds: '99 processed, one dead letter with its reason',
    proofs: [
      [RECEIVER, 'of a hundred events one malformed becomes one dead letter with its reason, the others are taken'],
      [
        RECEIVER_SALESFORCE,
        'with one malformed record of a hundred leaves a dead letter with its reason, and the others are taken',
      ],
    ],
  },
];
