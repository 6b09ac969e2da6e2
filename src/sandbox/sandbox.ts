import type { Clock } from '../base/clock.ts';
import { controlRoutes } from './control-routes.ts';
import { answerCalls } from './http/answer-calls.ts';
import { Faults } from './http/faults.ts';
import { type Limits, limitsOf, RateLimits } from './http/rate-limits.ts';
import { type RecordOptions, RequestRecord } from './http/request-record.ts';
import { createRouter, type Route } from './http/router.ts';
import { serve } from './http/server.ts';
import { ALL_SCOPES, DEMO_TOKEN, type Token } from './http/tokens.ts';
import { accountRoutes } from './hubspot/account-routes.ts';
import { associationPairs } from './hubspot/association-pairs.ts';
import { associationRoutes } from './hubspot/association-routes.ts';
import { companyType } from './hubspot/company-type.ts';
import { contactType } from './hubspot/contact-type.ts';
import { eventRoutes } from './hubspot/event-routes.ts';
import { formRoutes } from './hubspot/form-routes.ts';
import { listMembershipRoutes } from './hubspot/list-membership-routes.ts';
import { listRoutes } from './hubspot/list-routes.ts';
import { mailCampaignRoutes } from './hubspot/mail-campaign-routes.ts';
import { mailEventRoutes } from './hubspot/mail-event-routes.ts';
import { marketingEventRoutes } from './hubspot/marketing-event-routes.ts';
import { pipelineRoutes } from './hubspot/pipeline-routes.ts';
import { privacyRoutes } from './hubspot/privacy-routes.ts';
import { propertyArchiveRoutes } from './hubspot/property-archive-routes.ts';
import { propertyGroupRoutes } from './hubspot/property-group-routes.ts';
import { propertyRoutes } from './hubspot/property-routes.ts';
import { recordBatchCreateRoutes } from './hubspot/record-batch-create-routes.ts';
import { recordBatchRoutes } from './hubspot/record-batch-routes.ts';
import { recordRoutes } from './hubspot/record-routes.ts';
import { recordSearchRoutes } from './hubspot/record-search-routes.ts';
import type { RecordType } from './hubspot/record-type.ts';
import { salesType } from './hubspot/sales-type.ts';
import { userRoutes } from './hubspot/user-routes.ts';
import { type People, peopleOf } from './portal/act.ts';
import type { Portal } from './portal/portal.ts';
import type { CrmRecord } from './portal/record.ts';
import { SALES_KINDS } from './portal/sales-properties.ts';
import { type WebhookOptions, WebhookSender } from './webhooks/webhook-sender.ts';

export { createPortal, type NewPortal } from './create-portal.ts';
export type { Fault } from './http/faults.ts';
export type { Limits } from './http/rate-limits.ts';
export type { RequestFilter } from './http/request-record.ts';
export { ALL_SCOPES, DEMO_TOKEN, type Token } from './http/tokens.ts';
export { loadCsv } from './load-csv.ts';
export type { People } from './portal/act.ts';
export type { Company } from './portal/company.ts';
export { FORMS } from './portal/forms.ts';
export type { Portal } from './portal/portal.ts';
export type { WebhookOptions } from './webhooks/webhook-sender.ts';

export interface SandboxOptions {
  readonly portal: Portal;
  /** For delays, webhooks and limits; the portal's own unless told. */
  readonly clock?: Clock;
  /** 0, any free one, unless told. */
  readonly port?: number;
  /** Who may call; the demo token with every scope unless told. */
  readonly tokens?: readonly Token[];
  /** What differs from the limits of the portal's tier. */
  readonly limits?: Partial<Limits>;
  /** How late search learns of changes, in milliseconds; 0 unless told. */
  readonly indexDelay?: number;
  readonly webhooks?: WebhookOptions;
  readonly record?: RecordOptions;
}

export interface Sandbox {
  /** `http://127.0.0.1:41234`, the base of every path. */
  readonly url: string;
  readonly portal: Portal;
  /** What people do in the portal. */
  readonly people: People;
  readonly requests: RequestRecord;
  readonly faults: Faults;
  readonly limits: RateLimits;
  /** Undefined without the option. */
  readonly webhooks: WebhookSender | undefined;
  /** Ends every connection, delay and delivery. */
  close(): Promise<void>;
}

/** A HubSpot portal, served over HTTP on this machine alone. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { portal } = options;
  const clock = options.clock ?? portal.settings.clock;
  const requests = new RequestRecord(options.record);
  const faults = new Faults();
  const limits = new RateLimits({ ...limitsOf(portal.settings.tier), ...options.limits }, portal.settings.timeZone);
  const webhooks = options.webhooks && new WebhookSender(options.webhooks, portal.settings.portalId, clock);
  const people = peopleOf(portal);
  const closing = new AbortController();
  for (const index of portal.indexes) index.delay = options.indexDelay ?? 0;
  portal.onChange = webhooks && ((change) => webhooks.tell(change));

  const find = createRouter([
    ...routesOf(portal, contactType(portal)),
    ...routesOf(portal, companyType(portal)),
    ...SALES_KINDS.flatMap((kind) => routesOf(portal, salesType(portal, kind))),
    ...privacyRoutes(portal),
    ...associationRoutes(portal),
    ...pipelineRoutes(portal),
    ...formRoutes(portal),
    ...eventRoutes(portal),
    ...listRoutes(portal),
    ...listMembershipRoutes(portal),
    ...marketingEventRoutes(portal),
    ...mailEventRoutes(portal),
    ...mailCampaignRoutes(portal),
    ...accountRoutes(portal, limits),
    ...userRoutes(portal),
  ]);
  const control = createRouter(controlRoutes({ portal, people, requests, faults, webhooks }));
  const tokens = options.tokens ?? [{ token: DEMO_TOKEN, scopes: ALL_SCOPES }];
  const handle = answerCalls({ find, control, tokens, clock, limits, faults, requests, signal: closing.signal });
  const server = await serve(options.port ?? 0, handle);

  return {
    url: `http://127.0.0.1:${server.port}`,
    portal,
    people,
    requests,
    faults,
    limits,
    webhooks,
    async close() {
      closing.abort();
      portal.onChange = undefined;
      await Promise.all([webhooks?.close(), server.close()]);
    },
  };
}

function routesOf<T extends CrmRecord>(portal: Portal, type: RecordType<T>): Route[] {
  const pairs = associationPairs(portal).filter(({ from }) => from === type.name);
  return [
    ...recordRoutes(portal, type, pairs),
    ...recordBatchRoutes(portal, type),
    ...recordBatchCreateRoutes(portal, type, pairs),
    ...recordSearchRoutes(portal, type, pairs),
    // Before the properties, one of which could else be named groups.
    ...propertyGroupRoutes(type),
    ...propertyRoutes(portal, type),
    ...propertyArchiveRoutes(portal, type),
  ];
}
