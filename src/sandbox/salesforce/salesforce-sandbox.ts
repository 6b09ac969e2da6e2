import type { Clock } from '../../base/clock.ts';
import { Faults } from '../http/faults.ts';
import { type RecordOptions, RequestRecord } from '../http/request-record.ts';
import { serve } from '../http/server.ts';
import { BulkJobs } from './bulk/bulk-jobs.ts';
import { bulkRoutes } from './bulk/bulk-routes.ts';
import { answerRequests } from './http/answer-requests.ts';
import { actRoute } from './http/control-acts.ts';
import { controlRoutes } from './http/control-routes.ts';
import { createDispatch } from './http/dispatch.ts';
import { orgControlRoutes } from './http/org-control-routes.ts';
import { outboundControlRoutes } from './http/outbound-control-routes.ts';
import type { Route } from './http/route.ts';
import { createRouter, type Router } from './http/router.ts';
import { type People, peopleOf } from './org/acts/acts.ts';
import type { Org } from './org/org.ts';
import { type OutboundOptions, OutboundSender } from './outbound/outbound-sender.ts';
import { BusinessUnit } from './pardot/business-unit.ts';
import { pardotRoutes } from './pardot/pardot-routes.ts';
import { QueryCursors } from './rest/query-cursors.ts';
import { restRoutes } from './rest/rest-routes.ts';
import { CustomFields } from './setup/custom-fields.ts';
import { setupRoutes } from './setup/setup-routes.ts';
import { type Client, DEMO_CLIENT } from './sign-in/client.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { signInRoutes } from './sign-in/sign-in-routes.ts';

export type { Fault } from '../http/faults.ts';
export type { RequestFilter } from '../http/request-record.ts';
export type { Route } from './http/route.ts';
export type { People } from './org/acts/acts.ts';
export type { Org } from './org/org.ts';
export type { OutboundOptions } from './outbound/outbound-sender.ts';
export { createOrg, type NewOrg } from './population/create-org.ts';
export { type Client, DEMO_CLIENT } from './sign-in/client.ts';

export interface SalesforceSandboxOptions {
  readonly org: Org;
  /** For delays and sign-in; the org's own unless told. */
  readonly clock?: Clock;
  /** 0, any free one, unless told. */
  readonly port?: number;
  /** Who may sign in; the demo client, as the integration user, unless told. */
  readonly clients?: readonly Client[];
  /** Outbound Messages and flows that call out; none unless told. */
  readonly outbound?: OutboundOptions;
  readonly record?: RecordOptions;
  /** Routes beside those of Salesforce's that the sandbox has. */
  readonly routes?: readonly Route[];
}

export interface SalesforceSandbox {
  /** `http://127.0.0.1:41234`: the login host, the org's own, and Account Engagement's. */
  readonly url: string;
  readonly org: Org;
  /** What people do in the org. */
  readonly people: People;
  readonly clock: Clock;
  readonly requests: RequestRecord;
  readonly faults: Faults;
  readonly signIn: SignIn;
  /** Jobs of Bulk API 2.0: how fast they go, and which fail. */
  readonly bulk: BulkJobs;
  /** The custom fields that setup made. */
  readonly customFields: CustomFields;
  /** Account Engagement. */
  readonly businessUnit: BusinessUnit;
  /** Undefined without the option. */
  readonly outbound: OutboundSender | undefined;
  /** An access token that is good at once; the integration user's unless another username is given. */
  accessToken(username?: string): string;
  /** Ends every session: the next call of each is answered INVALID_SESSION_ID. */
  expireSessions(): void;
  /** Ends every query of which pages are left: INVALID_QUERY_LOCATOR. */
  expireLocators(): void;
  /** Ends every connection, delay and delivery. */
  close(): Promise<void>;
}

/** A Salesforce org, served over HTTP on this machine alone. */
export async function startSalesforceSandbox(options: SalesforceSandboxOptions): Promise<SalesforceSandbox> {
  const { org } = options;
  const clock = options.clock ?? org.settings.clock;
  const requests = new RequestRecord(options.record);
  const faults = new Faults();
  const people = peopleOf(org);
  const cursors = new QueryCursors();
  const bulk = new BulkJobs(org);
  const customFields = new CustomFields(org);
  const businessUnit = new BusinessUnit(org);
  const outbound = options.outbound && new OutboundSender(org, options.outbound);
  const robot = usernameOf(org, org.integrationUserId);
  const demo: Client = { ...DEMO_CLIENT, runAs: robot };
  const signIn = new SignIn({
    orgId: org.settings.organizationId,
    clients: options.clients ?? [demo],
    userIdOf: (username) => activeUserId(org, username),
  });
  const closing = new AbortController();

  // Composite requests are carried out by the routes among which they are.
  const find: Router = (method, path) => findRoute(method, path);
  const findRoute = createRouter([
    ...signInRoutes(org, signIn, clock),
    ...restRoutes({
      org,
      cursors,
      usage: org.dailyRequests,
      moreLimits: () => bulk.limits.answer(),
      dispatch: createDispatch(find),
      find,
    }),
    ...bulkRoutes(bulk),
    ...setupRoutes(org, customFields),
    ...pardotRoutes(businessUnit),
    ...(options.routes ?? []),
  ]);
  const control = createRouter([
    ...controlRoutes({ requests, faults }),
    actRoute(people),
    ...orgControlRoutes({ org, signIn, cursors }),
    ...outboundControlRoutes(outbound),
  ]);
  const handle = answerRequests({
    find,
    control,
    session: (accessToken) => signIn.session(accessToken),
    usage: org.dailyRequests,
    clock,
    faults,
    requests,
    signal: closing.signal,
  });
  const server = await serve(options.port ?? 0, handle);

  return {
    url: `http://127.0.0.1:${server.port}`,
    org,
    people,
    clock,
    requests,
    faults,
    signIn,
    bulk,
    customFields,
    businessUnit,
    outbound,
    accessToken: (username = robot) => signIn.open(demo, username).accessToken,
    expireSessions: () => signIn.expireSessions(),
    expireLocators: () => cursors.expire(),
    async close() {
      closing.abort();
      await Promise.all([outbound?.close(), server.close()]);
    },
  };
}

function usernameOf(org: Org, userId: string): string {
  return org.find(userId)?.text('Username') ?? '';
}

function activeUserId(org: Org, username: string): string | undefined {
  const user = org.findUser(username);
  return user?.flag('IsActive') === true ? user.id : undefined;
}
