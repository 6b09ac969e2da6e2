import { performance } from 'node:perf_hooks';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import type { Fault, Faults } from '../../src/sandbox/http/faults.ts';
import type { Random } from '../../src/sandbox/population/random.ts';
import type { ValidationRule } from '../../src/sandbox/salesforce/org/rules.ts';
import type { SalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

type Answer = Omit<Fault, 'path'>;
/** What goes wrong, in a word, and how: calling the function that is returned ends it, where it does not end by itself. */
type Mishap = readonly [what: string, happen: () => (() => void) | undefined];

/** What both answer on a bad day. What a person must mend, or what rests for hours, is for the tests of single faults. */
const ANY: readonly (readonly [string, Answer])[] = [
  ['500', { status: 500 }],
  ['502', { status: 502, body: '<html>Bad gateway</html>' }],
  ['503', { status: 503 }],
  ['504', { status: 504, body: '' }],
  ['a reset', { reset: true }],
  ['a reset after the deed', { reset: true, when: 'after' }],
  ['half a body', { halfBody: true }],
  ['a slow answer', { delayMs: 2 * SECOND }],
  ['a slow deed', { delayMs: 2 * SECOND, when: 'after' }],
];

const HUBSPOT: readonly (readonly [string, Answer])[] = [
  ...ANY,
  ['429 with Retry-After', { status: 429, body: {}, headers: { 'Retry-After': '1' } }],
  ['429 of the burst', { status: 429, body: { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' } }],
  ['429 by the second', { status: 429, body: { errorType: 'RATE_LIMIT', policyName: 'SECONDLY' } }],
  ['423', { status: 423 }],
  ['477 with Retry-After', { status: 477, headers: { 'Retry-After': '2' } }],
  ['524', { status: 524 }],
];

const problem = (errorCode: string, message = '') => [{ errorCode, message }];
const SALESFORCE: readonly (readonly [string, Answer])[] = [
  ...ANY,
  ['503 with Retry-After', { status: 503, headers: { 'Retry-After': '2' } }],
  ['a locked row', { status: 400, body: problem('UNABLE_TO_LOCK_ROW') }],
  ['a page that says that all is well', { status: 200, body: '<html>Log in</html>' }],
  [
    'too many long calls',
    { status: 403, body: problem('REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.') },
  ],
];

/** Which calls it meets: any, or those for one thing. */
const KINDS = ['any', 'any', 'write', 'read', 'search', 'activity'] as const;

/** How long a fault waits for calls to meet, and a mishap lasts, in milliseconds. */
const LASTS = 5 * SECOND;

/** Where sessions end six times within ten minutes leadgauge waits for a person, as it should: that is no bad day. */
const SESSIONS_LAST = 3 * MINUTE;

/** Has something go wrong in one of the two, told in a word; whatever it was is over in a few seconds. `end` ends all at once. */
export function createMishaps(portal: Sandbox, org: SalesforceSandbox, random: Random) {
  const over = new Set<() => void>();
  const answers = (faults: Faults, path: Fault['path'], list: typeof ANY): Mishap[] =>
    list.map(([what, answer]) => [
      what,
      () => {
        const kind = random.pick(KINDS);
        const times = 1 + random.whole(3);
        return faults.add({ path, ...(kind !== 'any' && { kind }), skip: random.whole(3), times, ...answer });
      },
    ]);
  const hubspot: readonly Mishap[] = [...answers(portal.faults, /^/, HUBSPOT), ...senders(portal.webhooks, 'webhooks')];
  const salesforce: readonly Mishap[] = [
    // Whoever signs in is answered; sessions end in another way.
    ...answers(org.faults, /^\/services\/data\//, SALESFORCE),
    ...senders(org.outbound, 'outbound messages'),
    ['pages of queries are forgotten', once(() => org.expireLocators())],
    ['rows refused by a rule', () => refuseRows(org)],
  ];
  let sessionsEnd = 0;
  const endSessions: Mishap = [
    'all sessions end',
    once(() => {
      sessionsEnd = performance.now() + SESSIONS_LAST;
      org.expireSessions();
    }),
  ];
  const orgs = () => (performance.now() < sessionsEnd ? salesforce : [...salesforce, endSessions]);
  return {
    happen(): string {
      const [crm, list] = random.chance(0.5) ? (['HubSpot', hubspot] as const) : (['Salesforce', orgs()] as const);
      const [what, happen] = random.pick(list);
      const end = happen();
      if (end !== undefined) {
        const ended = () => {
          clearTimeout(timer);
          over.delete(ended);
          end();
        };
        const timer = setTimeout(ended, LASTS);
        over.add(ended);
      }
      return `${crm}: ${what}`;
    },
    end(): void {
      for (const ended of over) ended();
      portal.faults.clear();
      org.faults.clear();
    },
  };
}

function once(happen: () => void): Mishap[1] {
  return () => {
    happen();
    return undefined;
  };
}

interface Sender {
  mode: 'send' | 'drop' | 'hold';
  copies: number;
  reversed: boolean;
}

function senders(sender: Sender | undefined, what: string): Mishap[] {
  if (sender === undefined) return [];
  const mode = (to: 'drop' | 'hold') => () => {
    sender.mode = to;
    return () => {
      sender.mode = 'send';
    };
  };
  return [
    [`${what} are lost`, mode('drop')],
    [`${what} come late`, mode('hold')],
    [
      `${what} come three times, the last first`,
      () => {
        sender.copies = 3;
        sender.reversed = true;
        return () => {
          sender.copies = 1;
          sender.reversed = false;
        };
      },
    ],
  ];
}

/** The last thing that leadgauge writes to a lead: nobody else does. */
const OURS = 'Leadgauge_Scored_At__c';
/** Of each object. */
const REFUSED = 2;

/** Some of leadgauge's writes are refused, and their leads are dead letters until somebody tries them again. */
function refuseRows({ org }: SalesforceSandbox): () => void {
  const rules = ['Lead', 'Contact'].map((type): ValidationRule => {
    let left = REFUSED;
    return {
      type,
      message: 'A rule of the org refuses this',
      refuses(proposed) {
        const isOurs = proposed.get(OURS) !== (proposed.before?.get(OURS) ?? null);
        if (!isOurs || left === 0) return false;
        left -= 1;
        return true;
      },
    };
  });
  org.validationRules = [...org.validationRules, ...rules];
  return () => {
    org.validationRules = org.validationRules.filter((rule) => !rules.includes(rule));
  };
}
