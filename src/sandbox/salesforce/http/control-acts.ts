import { z } from 'zod';
import { messageOf } from '../../../base/errors.ts';
import type { People } from '../org/acts/acts.ts';
import { VISITOR_ACTIVITY_TYPES, type VisitorActivityType } from '../org/prospects.ts';
import { controlRoute } from './control-routes.ts';
import { readBody } from './read-body.ts';
import type { Route } from './route.ts';
import { refusal } from './salesforce-error.ts';

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const id = z.string();
const text = z.string().optional();
const number = z.number().optional();

/** `{"act": "respond", "campaign": "Request a demo", "personId": "00Q…"}`. Times are milliseconds since 1970. */
const actBody = z.discriminatedUnion('act', [
  z.object({ act: z.literal('createLead'), values }),
  z.object({ act: z.literal('createContact'), values }),
  z.object({ act: z.literal('createAccount'), values }),
  z.object({ act: z.literal('createPersonAccount'), values }),
  z.object({ act: z.literal('create'), type: z.string(), values }),
  z.object({ act: z.literal('change'), id, values }),
  z.object({ act: z.literal('remove'), id }),
  z.object({ act: z.literal('restore'), id }),
  z.object({ act: z.literal('purge'), id }),
  z.object({ act: z.literal('setStatus'), id, status: z.string() }),
  z.object({ act: z.literal('moveToAccount'), id, accountId: text }),
  z.object({
    act: z.literal('createCampaign'),
    name: z.string(),
    type: text,
    statuses: z.record(z.string(), z.boolean()).optional(),
  }),
  z.object({ act: z.literal('respond'), campaign: z.string(), personId: id, status: text }),
  z.object({ act: z.literal('logTask'), personId: id, values: values.optional() }),
  z.object({
    act: z.literal('logCall'),
    personId: id,
    minutes: number,
    type: z.enum(['Inbound', 'Outbound']).optional(),
    result: text,
  }),
  z.object({ act: z.literal('logEvent'), personId: id, subject: text, start: number, minutes: number }),
  z.object({ act: z.literal('logEmail'), personId: id, subject: text, incoming: z.boolean().optional() }),
  z.object({ act: z.literal('openEmail'), id }),
  z.object({
    act: z.literal('convert'),
    id,
    accountId: text,
    contactId: text,
    opportunity: text,
    status: text,
  }),
  z.object({ act: z.literal('merge'), id, otherId: id }),
  z.object({ act: z.literal('winOpportunity'), contactId: id, amount: number, name: text, stage: text }),
  z.object({
    act: z.literal('visitor'),
    personId: id,
    type: z.custom<VisitorActivityType>(
      (given) => String(given) in VISITOR_ACTIVITY_TYPES,
      'no type of visitor activity',
    ),
    target: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
]);
type Act = z.infer<typeof actBody>;

/** What people do in the org, for a sandbox in another process. */
export function actRoute(people: People): Route {
  return controlRoute('POST', 'act', ({ body }) => {
    const act = readBody(actBody, body);
    try {
      return { status: 200, body: carryOut(people, act) };
    } catch (error) {
      throw refusal('INVALID_INPUT', messageOf(error));
    }
  });
}

/** Does it, and tells the id of the record that it was done to or that came of it. */
function carryOut(people: People, act: Act): { id: string; accountId?: string; opportunityId?: string } {
  switch (act.act) {
    case 'createLead':
      return { id: people.createLead(act.values).id };
    case 'createContact':
      return { id: people.createContact(act.values).id };
    case 'createAccount':
      return { id: people.createAccount(act.values).id };
    case 'createPersonAccount':
      return { id: people.createPersonAccount(act.values).id };
    case 'create':
      return { id: people.create(act.type, act.values).id };
    case 'change':
      people.change(act.id, act.values);
      return { id: act.id };
    case 'remove':
      people.remove(act.id);
      return { id: act.id };
    case 'restore':
      people.restore(act.id);
      return { id: act.id };
    case 'purge':
      people.purge(act.id);
      return { id: act.id };
    case 'setStatus':
      people.setStatus(act.id, act.status);
      return { id: act.id };
    case 'moveToAccount':
      people.moveToAccount(act.id, act.accountId);
      return { id: act.id };
    case 'createCampaign':
      return { id: people.createCampaign(act.name, act).id };
    case 'respond':
      return { id: people.respond(act.campaign, act.personId, act.status).id };
    case 'logTask':
      return { id: people.logTask(act.personId, act.values).id };
    case 'logCall':
      return { id: people.logCall(act.personId, act).id };
    case 'logEvent':
      return { id: people.logEvent(act.personId, act).id };
    case 'logEmail':
      return { id: people.logEmail(act.personId, act).id };
    case 'openEmail':
      people.openEmail(act.id);
      return { id: act.id };
    case 'convert': {
      const { contact, account, opportunity } = people.convert(act.id, act);
      return { id: contact.id, accountId: account.id, opportunityId: opportunity?.id };
    }
    case 'merge':
      return { id: people.merge(act.id, act.otherId).id };
    case 'winOpportunity':
      return { id: people.winOpportunity(act.contactId, act).id };
    case 'visitor':
      return { id: String(people.visitor(act.personId, act.type, act.target).id) };
  }
}
