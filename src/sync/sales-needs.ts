import type { SalesNeeds } from '../crm/sales-needs.ts';
import type { Sales } from '../settings/sales.ts';
import { TOUCHES } from './sales-touches.ts';

/** What `config/sales.yaml` asks of a CRM, besides what models ask. */
export function salesNeeds({ owner, followUp, hours, people, territories, notify }: Sales): SalesNeeds {
  const accountOwners = owner.includes('account');
  const tells = notify.slack || notify.https || notify.email !== undefined;
  return {
    alsoAsked: followUp === undefined ? [] : TOUCHES,
    accountOwners,
    knowsOwners: accountOwners || hours !== undefined || people.size > 0 || territories.length > 0 || tells,
  };
}
