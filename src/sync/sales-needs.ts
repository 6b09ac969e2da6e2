import type { SalesNeeds } from '../crm/sales-needs.ts';
import type { ModelSet } from '../scoring/model-set.ts';
import type { Sales } from '../settings/sales.ts';
import { TOUCHES } from './sales-touches.ts';

/** What `config/sales.yaml` asks of a CRM besides what models ask, what the recycling of models asks of sales, and what challengers ask. */
export function salesNeeds(
  { owner, followUp, hours, people, territories, notify }: Sales,
  { models, challengers }: Pick<ModelSet, 'models' | 'challengers'>,
): SalesNeeds {
  const accountOwners = owner.includes('account');
  return {
    // Whom sales call is not taken from them, whether or not anybody is reminded.
    alsoAsked: [
      ...(followUp === undefined && models.every(({ recycle }) => recycle === undefined) ? [] : TOUCHES),
      ...challengers.flatMap(({ model }) => model.activityTypes),
    ],
    accountOwners,
    knowsOwners:
      accountOwners || hours !== undefined || people.size > 0 || territories.length > 0 || isTold({ notify }),
  };
}

/** Whether any way to tell sales is on, besides the tasks in the CRM. */
export function isTold({ notify }: Pick<Sales, 'notify'>): boolean {
  return notify.slack || notify.https || notify.email !== undefined;
}
