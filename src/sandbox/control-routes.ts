import { z } from 'zod';
import { messageOf } from '../base/errors.ts';
import { actBody, carryOut } from './control-acts.ts';
import { invalid, notFound } from './http/answer.ts';
import type { Faults } from './http/faults.ts';
import type { RequestRecord } from './http/request-record.ts';
import type { Route } from './http/router.ts';
import { readBody } from './hubspot/read-body.ts';
import type { People } from './portal/act.ts';
import type { Portal } from './portal/portal.ts';
import { writeValue } from './portal/property-value.ts';
import { SALES_KINDS } from './portal/sales-properties.ts';
import type { WebhookSender } from './webhooks/webhook-sender.ts';

interface Controlled {
  readonly portal: Portal;
  readonly people: People;
  readonly requests: RequestRecord;
  readonly faults: Faults;
  readonly webhooks: WebhookSender | undefined;
}

const text = z.record(z.string(), z.string());

/** As `Fault`; with `pattern: true` the path is a regular expression. */
const faultBody = z.object({
  method: z.string().optional(),
  path: z.string(),
  pattern: z.boolean().optional(),
  when: z.enum(['before', 'after']).optional(),
  status: z.number().int().optional(),
  body: z.unknown().optional(),
  headers: text.optional(),
  delayMs: z.number().optional(),
  reset: z.boolean().optional(),
  halfBody: z.boolean().optional(),
  times: z.number().int().optional(),
  skip: z.number().int().optional(),
});

/** `{"objectType": "contacts", "when": {"property": "lifecyclestage", "value": "customer"}, "require": ["phone"]}`. */
const requiredRuleBody = z.object({
  objectType: z.string(),
  when: z.object({ property: z.string(), value: z.string() }),
  require: z.array(z.string()).min(1),
});

const webhookBody = z.object({ mode: z.enum(['send', 'drop', 'hold']) });

/** What drives a sandbox in another process. No token is asked for: it listens on this machine alone. */
export function controlRoutes({ portal, people, requests, faults, webhooks }: Controlled): Route[] {
  const route = (method: string, path: string, handle: Route['handle']): Route => {
    return { method, template: `/_sandbox/${path}`, kind: 'other', scopes: [], handle };
  };
  const done = { status: 204 };
  return [
    route('GET', 'requests', ({ query }) => {
      const filter = { method: query.get('method') ?? undefined, path: query.get('path') ?? undefined };
      return { status: 200, body: requests.all(filter) };
    }),
    route('GET', 'counts', () => ({ status: 200, body: requests.counts() })),
    route('DELETE', 'requests', () => {
      requests.clear();
      return done;
    }),
    route('GET', 'faults', () => ({
      status: 200,
      body: faults.list().map(({ fault, left, met }) => ({
        ...fault,
        path: String(fault.path),
        left: Number.isFinite(left) ? left : null,
        met,
      })),
    })),
    route('POST', 'faults', ({ body }) => {
      const { pattern, path, ...fault } = readBody(faultBody, body);
      faults.add({ ...fault, path: pattern === true ? new RegExp(path) : path });
      return done;
    }),
    route('DELETE', 'faults', () => {
      faults.clear();
      return done;
    }),
    route('POST', 'act', ({ body }) => {
      const act = readBody(actBody, body);
      try {
        return { status: 200, body: carryOut(people, act) };
      } catch (error) {
        throw invalid(messageOf(error));
      }
    }),
    route('GET', 'portal', () => ({
      status: 200,
      body: {
        portalId: portal.settings.portalId,
        tier: portal.settings.tier,
        contacts: portal.contacts.all.length,
        companies: portal.companies.all.length,
        sales: Object.fromEntries(SALES_KINDS.map((kind) => [kind, portal.sales[kind].store.all.length])),
        pageViews: portal.views.count,
        submissions: portal.forms.count,
        forms: portal.forms.all(),
        lists: portal.lists.all.map(({ id, name, members }) => ({ id, name, members: members.size })),
        marketingEvents: portal.marketingEvents.all.map(({ id, name }) => ({ id, name })),
        customEvents: [...portal.customEvents.types],
        owners: portal.owners.all.map(({ id, email, firstName, lastName }) => ({ id, email, firstName, lastName })),
      },
    })),
    route('GET', 'required-rules', () => ({ status: 200, body: portal.requiredRules })),
    route('POST', 'required-rules', ({ body }) => {
      portal.requiredRules = [...portal.requiredRules, readBody(requiredRuleBody, body)];
      return done;
    }),
    route('DELETE', 'required-rules', () => {
      portal.requiredRules = [];
      return done;
    }),
    route('GET', 'companies/{id}', ({ params }) => ({ status: 200, body: companyAnswer(portal, params.id ?? '') })),
    route('GET', 'webhooks', () => ({
      status: 200,
      body: { mode: webhooks?.mode ?? 'drop', deliveries: webhooks?.deliveries ?? [] },
    })),
    route('POST', 'webhooks', ({ body }) => {
      const { mode } = readBody(webhookBody, body);
      if (webhooks === undefined) throw invalid('This sandbox was started without webhooks');
      webhooks.mode = mode;
      return done;
    }),
  ];
}

/** All that a company holds and who works there, without the paging and the scopes of the API. */
function companyAnswer(portal: Portal, id: string) {
  const company = portal.companies.find(id);
  if (company === undefined) throw notFound(`The sandbox portal has no company ${id}`);
  const properties: Record<string, string> = {};
  for (const property of portal.companyTable.properties.all()) {
    const value = company.values[property.slot];
    if (value !== undefined) properties[property.name] = writeValue(property, value);
  }
  return { id: company.id, properties, contacts: [...company.contacts].map((contact) => contact.id) };
}
