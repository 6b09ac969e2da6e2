import { z } from 'zod';
import { DEAL_STAGES } from './portal/deal-stages.ts';
import type { SalesPeople } from './portal/sales-acts.ts';
import { SALES_KINDS } from './portal/sales-properties.ts';

const id = z.string();
const concerned = { contactIds: z.array(id), ownerId: id.optional() };
const time = z.number();
const stage = z.enum(DEAL_STAGES);
const kind = z.enum(SALES_KINDS);
const disposition = z.enum(['busy', 'connected', 'left-live-message', 'left-voicemail', 'no-answer', 'wrong-number']);
const outcome = z.enum(['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED']);

/** `{"act": "logCall", "contactIds": ["30412000021"], "minutes": 12}`. Times are milliseconds since 1970. */
export const salesActBody = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('logCall'),
    ...concerned,
    at: time.optional(),
    minutes: z.number().optional(),
    disposition: disposition.optional(),
    direction: z.enum(['INBOUND', 'OUTBOUND']).optional(),
  }),
  z.object({
    act: z.literal('bookMeeting'),
    ...concerned,
    start: time.optional(),
    minutes: z.number().optional(),
    title: z.string().optional(),
    outcome: outcome.optional(),
  }),
  z.object({
    act: z.literal('changeMeeting'),
    id,
    start: time.optional(),
    minutes: z.number().optional(),
    outcome: outcome.optional(),
  }),
  z.object({
    act: z.literal('logEmail'),
    ...concerned,
    at: time.optional(),
    direction: z.enum(['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL']).optional(),
    status: z.enum(['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING', 'SENT']).optional(),
    subject: z.string().optional(),
  }),
  z.object({
    act: z.literal('createDeal'),
    name: z.string(),
    contactIds: z.array(id).optional(),
    companyId: id.optional(),
    stage: stage.optional(),
    amount: z.number().optional(),
    closeDate: time.optional(),
    ownerId: id.optional(),
  }),
  z.object({ act: z.literal('moveDeal'), id, stage }),
  z.object({ act: z.literal('winDeal'), id, at: time.optional(), amount: z.number().optional() }),
  z.object({
    act: z.literal('updateSales'),
    kind,
    id,
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  z.object({ act: z.literal('addToSales'), kind, id, contactId: id }),
  z.object({ act: z.literal('removeSales'), kind, id }),
]);
type SalesAct = z.infer<typeof salesActBody>;

const NAMES: ReadonlySet<string> = new Set(salesActBody.options.map(({ shape }) => shape.act.value));

export function isSalesAct(act: { readonly act: string }): act is SalesAct {
  return NAMES.has(act.act);
}

/** Does it, and tells the id of the call, meeting, e-mail, task or deal. */
export function carryOutSales(people: SalesPeople, act: SalesAct): { id: string } {
  switch (act.act) {
    case 'logCall':
      return { id: people.logCall(act).id };
    case 'bookMeeting':
      return { id: people.bookMeeting(act).id };
    case 'changeMeeting':
      people.changeMeeting(act.id, act);
      return { id: act.id };
    case 'logEmail':
      return { id: people.logEmail(act).id };
    case 'createDeal':
      return { id: people.createDeal(act).id };
    case 'moveDeal':
      people.moveDeal(act.id, act.stage);
      return { id: act.id };
    case 'winDeal':
      people.winDeal(act.id, act);
      return { id: act.id };
    case 'updateSales':
      people.updateSales(act.kind, act.id, act.values);
      return { id: act.id };
    case 'addToSales':
      people.addToSales(act.kind, act.id, act.contactId);
      return { id: act.id };
    case 'removeSales':
      people.removeSales(act.kind, act.id);
      return { id: act.id };
  }
}
