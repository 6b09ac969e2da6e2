import { z } from 'zod';
import { carryOutMarketing, isMarketingAct, marketingActBody } from './control-marketing-acts.ts';
import { carryOutSales, isSalesAct, salesActBody } from './control-sales-acts.ts';
import type { People } from './portal/act.ts';

const values = z.record(z.string(), z.union([z.string(), z.number()]));
const text = z.record(z.string(), z.string());
const id = z.string();

/** `{"act": "visit", "id": "30412000021", "path": "/pricing"}`. */
export const actBody = z.discriminatedUnion('act', [
  z.object({ act: z.literal('createContact'), values }),
  z.object({ act: z.literal('update'), id, values }),
  z.object({ act: z.literal('visit'), id, path: z.string() }),
  z.object({ act: z.literal('submitForm'), form: z.string(), fields: text }),
  z.object({ act: z.literal('merge'), id, otherId: id }),
  z.object({ act: z.literal('remove'), id }),
  z.object({ act: z.literal('eraseForPrivacy'), id }),
  z.object({ act: z.literal('createCompany'), values }),
  z.object({ act: z.literal('updateCompany'), id, values }),
  z.object({ act: z.literal('moveToCompany'), id, companyId: id.optional() }),
  z.object({ act: z.literal('mergeCompanies'), id, otherId: id }),
  z.object({ act: z.literal('removeCompany'), id }),
  z.object({
    act: z.literal('addOwner'),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    timeZone: z.string().optional(),
  }),
  z.object({ act: z.literal('removeOwner'), id }),
  z.object({ act: z.literal('setStatus'), id, status: z.string().optional() }),
  z.object({ act: z.literal('restore'), id }),
  marketingActBody,
  salesActBody,
]);

/** Does it, and tells the id of the record that it was done to or that came of it. */
export function carryOut(people: People, act: z.infer<typeof actBody>): { id: string; conversionId?: string } {
  if (isMarketingAct(act)) return carryOutMarketing(people, act);
  if (isSalesAct(act)) return carryOutSales(people, act);
  switch (act.act) {
    case 'createContact':
      return { id: people.createContact(act.values).id };
    case 'update':
      people.update(act.id, act.values);
      return { id: act.id };
    case 'visit':
      people.visit(act.id, act.path);
      return { id: act.id };
    case 'submitForm': {
      const { contact, submission } = people.submitForm(act.form, act.fields);
      return { id: contact.id, conversionId: submission.conversionId };
    }
    case 'merge':
      return { id: people.merge(act.id, act.otherId).id };
    case 'remove':
      people.remove(act.id);
      return { id: act.id };
    case 'restore':
      people.restore(act.id);
      return { id: act.id };
    case 'eraseForPrivacy':
      people.eraseForPrivacy(act.id);
      return { id: act.id };
    case 'createCompany':
      return { id: people.createCompany(act.values).id };
    case 'updateCompany':
      people.updateCompany(act.id, act.values);
      return { id: act.id };
    case 'moveToCompany':
      people.moveToCompany(act.id, act.companyId);
      return { id: act.id };
    case 'mergeCompanies':
      return { id: people.mergeCompanies(act.id, act.otherId).id };
    case 'removeCompany':
      people.removeCompany(act.id);
      return { id: act.id };
    case 'addOwner':
      return { id: people.addOwner(act).id };
    case 'removeOwner':
      people.removeOwner(act.id);
      return { id: act.id };
    case 'setStatus':
      people.setStatus(act.id, act.status);
      return { id: act.id };
  }
}
