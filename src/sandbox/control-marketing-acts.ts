import { z } from 'zod';
import type { MarketingPeople } from './portal/marketing-people.ts';

const id = z.string();
const ids = z.array(z.string()).min(1);
const at = z.number().int().optional();
const mail = { campaign: z.string(), contactId: id, at };
const reader = { userAgent: z.string().optional(), filtered: z.boolean().optional() };
const onList = { list: z.string(), contactIds: ids };
const atEvent = { event: z.string(), contactIds: ids };

/** `{"act": "attend", "event": "Spring webinar", "contactIds": ["30412000021"], "minutes": 40}`. Times are milliseconds since 1970. */
export const marketingActBody = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('createList'),
    name: z.string(),
    processingType: z.enum(['MANUAL', 'DYNAMIC', 'SNAPSHOT']).optional(),
  }),
  z.object({ act: z.literal('addToList'), ...onList }),
  z.object({ act: z.literal('removeFromList'), ...onList }),
  z.object({ act: z.literal('holdEvent'), name: z.string(), startsAt: z.number().int(), endsAt: z.number().int() }),
  z.object({ act: z.literal('registerFor'), ...atEvent }),
  z.object({ act: z.literal('attend'), ...atEvent, minutes: z.number().optional() }),
  z.object({ act: z.literal('cancel'), ...atEvent }),
  z.object({ act: z.literal('noShow'), ...atEvent }),
  z.object({
    act: z.literal('sendMarketingEmail'),
    campaign: z.string(),
    subject: z.string().optional(),
    contactIds: ids,
    at,
    deferred: z.boolean().optional(),
  }),
  z.object({ act: z.literal('openEmail'), ...mail, ...reader, seconds: z.number().optional() }),
  z.object({ act: z.literal('clickEmail'), ...mail, ...reader, url: z.string() }),
  z.object({ act: z.literal('bounceEmail'), ...mail }),
  z.object({ act: z.literal('reportSpam'), ...mail }),
  z.object({ act: z.literal('unsubscribe'), ...mail }),
  z.object({
    act: z.literal('fireEvent'),
    eventType: z.string(),
    contactId: id,
    at,
    properties: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    act: z.literal('useInWorkflow'),
    record: z.enum(['contact', 'company']),
    property: z.string(),
    workflow: z.string().optional(),
  }),
]);

type MarketingAct = z.infer<typeof marketingActBody>;
const NAMES: ReadonlySet<string> = new Set(marketingActBody.options.map(({ shape }) => shape.act.value));

export function isMarketingAct(body: { readonly act: string }): body is MarketingAct {
  return NAMES.has(body.act);
}

/** Does it, and tells the id of what it was done to or what came of it. */
export function carryOutMarketing(people: MarketingPeople, body: MarketingAct): { id: string } {
  switch (body.act) {
    case 'createList':
      return { id: people.createList(body).id };
    case 'addToList':
    case 'removeFromList':
      people[body.act](body.list, body.contactIds);
      return { id: body.list };
    case 'holdEvent':
      return { id: people.holdEvent(body).id };
    case 'attend':
      people.attend(body.event, body.contactIds, body.minutes);
      return { id: body.event };
    case 'registerFor':
    case 'cancel':
    case 'noShow':
      people[body.act](body.event, body.contactIds);
      return { id: body.event };
    case 'sendMarketingEmail':
      return { id: String(people.sendMarketingEmail(body).id) };
    case 'openEmail':
      people.openEmail(body);
      return { id: body.contactId };
    case 'clickEmail':
      people.clickEmail(body);
      return { id: body.contactId };
    case 'bounceEmail':
    case 'reportSpam':
    case 'unsubscribe':
      people[body.act](body);
      return { id: body.contactId };
    case 'fireEvent':
      people.fireEvent(body);
      return { id: body.contactId };
    case 'useInWorkflow':
      people.useInWorkflow(body.record, body.property, body.workflow);
      return { id: body.property };
  }
}
