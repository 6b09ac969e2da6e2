import { allOf } from '../../base/all-of.ts';
import { formatProblem, LeadgaugeError, messageOf } from '../../base/errors.ts';
import type { Finding } from '../crm.ts';
import type { SalesNeeds } from '../sales-needs.ts';
import { readLimits } from './api/limits.ts';
import { checkNurture } from './check/check-nurture.ts';
import { checkObjects } from './check/check-objects.ts';
import { clicksLeft } from './check/clicks-left.ts';
import { readOrganization } from './check/read-organization.ts';
import { listOwners } from './list-owners.ts';
import { toConfigProblem } from './org-problem.ts';
import { findOwners, ownerProblems } from './owners.ts';
import { currentUser } from './setup/current-user.ts';
import type { SetupContext } from './setup/setup-context.ts';
import { listCustomFields } from './setup/tooling.ts';
import { checkStreams } from './streams/check-streams.ts';

export interface CheckContext extends SetupContext, SalesNeeds {
  /** As in `Probing`. */
  readonly engagementUrl?: string | undefined;
}

/** Everything the connection needs, tried one by one without writing anything. A sign-in that is refused ends it early. */
export async function check(context: CheckContext): Promise<Finding[]> {
  const signIn = await tried(SIGN_IN, () => currentUser(context.api));
  if (signIn.level === 'problem') return [signIn];
  const objects = await checkObjects(context);
  const isSetUp = !objects.some(({ level }) => level === 'problem');
  const streams = await checkStreams(context);
  return [
    signIn,
    await edition(context),
    ...(await limits(context)),
    await setupAccess(context, isSetUp),
    ...objects,
    ...(await owners(context)),
    ...(await users(context)),
    ...(await checkNurture(context)),
    ...streams,
    ...clicksLeft(context),
  ];
}

const SIGN_IN = {
  fine: 'leadgauge can sign in and use the API',
  lack: 'leadgauge cannot sign in, or may not use the API',
};

async function edition({ api }: CheckContext): Promise<Finding> {
  return tried({ fine: 'the org tells its edition', lack: 'the org does not tell its edition' }, async () => {
    const { edition: name, isSandbox } = await readOrganization(api);
    return isSandbox ? `the org is a sandbox (${name})` : `the org has the ${name}`;
  });
}

/** Below this share of a day's calls, somebody should know. */
const FEW = 0.1;

async function limits({ api }: CheckContext): Promise<Finding[]> {
  try {
    const { DailyApiRequests: daily } = await readLimits(api);
    if (daily === undefined) return [];
    const left = `${daily.remaining} of ${daily.max} API calls are left of the last 24 hours' worth`;
    return [{ level: daily.remaining < FEW * daily.max ? 'warning' : 'ok', message: left }];
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    return [{ level: 'warning', message: `the limits of the org cannot be read: ${messageOf(error)}` }];
  }
}

/** The permissions that only the set-up needs may go once that is done. */
async function setupAccess({ api }: CheckContext, isSetUp: boolean): Promise<Finding> {
  const what = { fine: 'the set-up of the org can be changed', lack: 'the set-up of the org cannot be changed' };
  const finding = await tried(what, () => listCustomFields(api, ['Lead']));
  if (finding.level === 'ok' || !isSetUp) return finding;
  return {
    level: 'ok',
    message: 'the integration user may not change the set-up of the org, which only "leadgauge setup" needs',
  };
}

async function owners({ api, config, locate }: CheckContext): Promise<Finding[]> {
  const { owners: inTurn, fallback_owner: fallback } = config.tasks;
  const count = inTurn.length + (fallback === undefined ? 0 : 1);
  if (count === 0) return [];
  const fine = allOf(count, 'the owner in config is an active user', 'owners in config are active users');
  const findings: Finding[] = [];
  const finding = await tried({ fine, lack: 'the users of the org cannot be read' }, async () => {
    for (const problem of ownerProblems(await findOwners(api, config)))
      findings.push({ level: 'problem', message: formatProblem(toConfigProblem(problem, locate)) });
  });
  return findings.length > 0 ? findings : [finding];
}

/** For routing and follow-up: who is there, in which time zone, and to whom they report. */
async function users({ api, knowsOwners }: CheckContext): Promise<Finding[]> {
  if (knowsOwners !== true) return [];
  return [
    await tried({ fine: 'the users of the org can be read', lack: NO_USERS }, async () => {
      const active = (await listOwners(api)).filter(({ isActive }) => isActive).length;
      return `${active === 1 ? 'one active user' : `${active} active users`} of the org can own leads`;
    }),
  ];
}

const NO_USERS = 'the users of the org cannot be read, by whom leads are routed and followed up';

interface What {
  readonly fine: string;
  readonly lack: string;
}

/** What came of it says what is fine, where it says anything. */
async function tried({ fine, lack }: What, call: () => Promise<unknown>): Promise<Finding> {
  try {
    const told = await call();
    return { level: 'ok', message: typeof told === 'string' ? told : fine };
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    return { level: 'problem', message: `${lack}: ${messageOf(error)}` };
  }
}
