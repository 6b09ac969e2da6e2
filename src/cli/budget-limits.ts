import { type BudgetLimits, HUBSPOT_LIMITS, SALESFORCE_LIMITS } from '../queue/budget.ts';
import type { Settings } from '../settings/settings.ts';

/** How many calls a connection may make, by its name: the CRM's own limits with what its file in config/ says. */
export function budgetLimits({ hubspot, salesforce }: Settings, name: string): BudgetLimits {
  if (name === 'salesforce') return { ...SALESFORCE_LIMITS, daily: salesforce?.value.budget.daily };
  const { burst, search, daily } = hubspot?.value.budget ?? {};
  return { ...HUBSPOT_LIMITS, ...(burst && { burst, fixedBurst: true }), ...(search && { search }), daily };
}
