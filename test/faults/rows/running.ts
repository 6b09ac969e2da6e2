import type { Row } from './row.ts';

const RECEIVER = 'test/e2e/receiver.test.ts';
const READING = 'test/e2e/reading-right.test.ts';
const READING_SALESFORCE = 'test/faults/salesforce-reading.test.ts';
const ANSWERS = 'test/faults/crm-answers.test.ts';
const ANSWERS_SALESFORCE = 'test/faults/salesforce-answers.test.ts';
const REDIS_AWAY = 'test/faults/redis-away.test.ts';

/** What becomes of processes, of Redis and of calls to a CRM. */
export const RUNNING: readonly Row[] = [
  {
    number: 11,
    inject: 'SIGKILL at random moments of a sync',
    holds: 'as if it never was; no value written twice with another result',
    proofs: [
      [
        'test/faults/kills-hubspot.test.ts',
        'killed … times in a sync of … contacts (seed …): HubSpot ends as if it never was, and no value is written twice with another result',
      ],
      [
        'test/faults/kills-salesforce.test.ts',
        'killed … times in a sync of … leads and contacts (seed …): Salesforce ends as if it never was, and no value is written twice with another result',
      ],
      [
        'test/faults/kills-worker.test.ts',
        'a worker that is killed in the middle of a job on …: once its lock is over, the next worker does the job, and all is as if it never was',
      ],
    ],
  },
  {
    number: 12,
    inject: 'killed between the write and our bookkeeping',
    holds: 'the rerun is a no-op',
    proofs: [
      [
        'test/faults/stops.test.ts',
        'killed after HubSpot wrote and before it said so: the next run finds nothing to write',
      ],
      [
        'test/faults/stops-salesforce.test.ts',
        'killed after Salesforce wrote and before it said so: the next run finds nothing to write',
      ],
      [
        'test/e2e/salesforce-bulk-writes.test.ts',
        'is taken up by another process where one died in the middle of a job, which does no harm when it lands',
      ],
    ],
  },
  {
    number: 13,
    inject: 'SIGTERM with work under way',
    holds: '/readyz 503 at once, the work finishes, exit 0, nothing stalled',
    proofs: [
      [
        'test/faults/stops.test.ts',
        'told to end by SIGTERM: /readyz fails at once, the write is finished, and the next start stalls on nothing',
      ],
      [
        'test/faults/stops-salesforce.test.ts',
        'told to end by SIGTERM: /readyz fails at once, the write is finished, and the next start stalls on nothing',
      ],
    ],
  },
  {
    number: 14,
    inject: 'a lead that always fails',
    holds: 'the others unaffected, a dead letter, retry works',
    proofs: [
      [
        'test/faults/dead-letters.test.ts',
        'in HubSpot: the others are scored, it is a dead letter that says why, and "dead-letters retry" brings it in once that is mended',
      ],
      [
        'test/faults/dead-letters.test.ts',
        'in Salesforce: the others are scored, it is a dead letter that says why, and "dead-letters retry" brings it in once that is mended',
      ],
    ],
  },
  {
    number: 15,
    inject: '429, 423, 477, 500 to 524, a reset, half a body',
    holds: 'waits as it should, no attempt for a limit, no lead lost',
    proofs: [
      ['test/e2e/faults.test.ts', 'a fault of the CRM loses no lead and costs a bounded number of calls'],
      [ANSWERS, 'a job that has to wait for the CRM'],
      [ANSWERS_SALESFORCE, 'a fault of Salesforce loses no lead and costs a bounded number of calls'],
      [ANSWERS_SALESFORCE, 'a job that has to wait for Salesforce'],
      [
        'test/faults/daily-limit.test.ts',
        "once the account's calls of the day are spent, ordinary work rests until its midnight and fast tracks go on",
      ],
    ],
  },
  {
    number: 16,
    inject: '503 for ever',
    holds: 'as many HTTP calls as we try, exactly',
    proofs: [
      [ANSWERS, '503 for ever'],
      [ANSWERS_SALESFORCE, '503 for ever'],
    ],
  },
  {
    number: 17,
    inject: '401 once; then invalid_grant',
    holds: 'one refresh under a lock; then paused with one message',
    proofs: [
      [
        'test/e2e/faults.test.ts',
        'pauses the connection with one message, makes no more calls, and goes on once resumed',
      ],
      [
        'test/faults/salesforce-sign-in.test.ts',
        'a session that ended is renewed once for all calls of two processes, by a refresh token that is good once',
      ],
      [
        'test/faults/salesforce-sign-in.test.ts',
        'a refresh token that was revoked pauses the connection with one message, and no more calls are made until a person acts',
      ],
    ],
  },
  {
    number: 18,
    inject: 'Redis with allkeys-lru',
    holds: '/readyz fails and says why',
    proofs: [
      [REDIS_AWAY, 'that may evict keys: the /readyz of a receiver fails and says what to set'],
      [RECEIVER, '/readyz fails on a Redis that evicts, and says why'],
    ],
  },
  {
    number: 19,
    inject: 'three replicas, each re-registering the schedules',
    holds: 'one tick a period',
    proofs: [
      [
        'test/faults/schedules.test.ts',
        'three replicas that register the schedules again and again poll once a period',
      ],
      [
        'test/faults/schedules.test.ts',
        'three worker processes, of which one ends and starts again, poll no more than once a period',
      ],
    ],
  },
  {
    number: 20,
    inject: 'no process over ten ticks',
    holds: 'one sync resumes from the cursor, no gap',
    proofs: [
      [READING, 'catches up after ten ticks without a poll, with one window'],
      [READING_SALESFORCE, 'catches up after ten ticks without a poll, for the price of one'],
      [
        'test/unit/queue/run-workers.test.ts',
        'a tick asks for a run, and waits for none: ticks of an outage do not pile up',
      ],
    ],
  },
];
