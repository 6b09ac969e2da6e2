import type { ActivityType } from '../leads/activity.ts';
import { askedTypes, type ModelOutputs } from './outputs/output-model.ts';

/** What routing and follow-up need of a CRM, whatever models ask for; nothing of it where left out. */
export interface SalesNeeds {
  /** Types of activity that tell how a follow-up stands. */
  readonly alsoAsked?: readonly ActivityType[];
  /** Whether it is asked who owns the company of a lead. */
  readonly accountOwners?: boolean;
  /** Whether it is asked who can own leads: who left, and in which time zone they work. */
  readonly knowsOwners?: boolean;
}

/** All types of activity that models ask for, and those that are needed besides. */
export function neededTypes(
  models: readonly ModelOutputs[],
  { alsoAsked = [] }: SalesNeeds,
): ReadonlySet<ActivityType> {
  return new Set([...askedTypes(models), ...alsoAsked]);
}
