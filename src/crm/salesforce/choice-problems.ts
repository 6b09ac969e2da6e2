import { z } from 'zod';
import { suggestion } from '../../base/nearest-word.ts';
import type { CallOptions } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { describeObject, type ObjectDescription } from './api/describe.ts';
import { SalesforceRefusal } from './api/error-table.ts';
import { queryPages } from './api/query.ts';
import type { SalesforceConfig } from './config.ts';
import type { OrgProblem } from './org-problem.ts';

/** The org's own values of the fields that config has words for. */
export interface OrgChoices {
  /** In the org's order; empty where config sets no Lead Status. */
  readonly leadStatuses: readonly string[];
  /** Those of them that mean converted: a lead gets there by conversion alone. */
  readonly converted: readonly string[];
  /** Undefined where our user sees no tasks. */
  readonly task: { readonly statuses: readonly string[]; readonly priorities: readonly string[] } | undefined;
}

type ChoiceConfig = Pick<SalesforceConfig, 'lead_status' | 'rating' | 'tasks'>;

/**
 * The org's own words; one call, and another for Lead Status.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_leadstatus.htm
 */
export async function readChoices(
  api: SalesforceApi,
  { lead_status }: ChoiceConfig,
  options?: CallOptions,
): Promise<OrgChoices> {
  const task = await describeTask(api, options);
  const pages = queryPages(api, LEAD_STATUSES, leadStatus, { kind: 'setup', ...options });
  const leads = lead_status === undefined ? [] : (await Array.fromAsync(pages)).flat();
  return {
    leadStatuses: leads.map(({ ApiName }) => ApiName),
    converted: leads.filter(({ IsConverted }) => IsConverted).map(({ ApiName }) => ApiName),
    task: task && { statuses: valuesOf(task, 'Status'), priorities: valuesOf(task, 'Priority') },
  };
}

async function describeTask(api: SalesforceApi, options?: CallOptions): Promise<ObjectDescription | undefined> {
  try {
    return await describeObject(api, 'Task', options);
  } catch (error) {
    if (!(error instanceof SalesforceRefusal)) throw error;
    return undefined;
  }
}

const LEAD_STATUSES = 'SELECT ApiName,IsConverted,SortOrder FROM LeadStatus ORDER BY SortOrder';
const leadStatus = z.looseObject({ ApiName: z.string(), IsConverted: z.boolean() });

/** Where config has a word that the org does not know, or that leadgauge must not set. */
export function choiceProblems(
  { lead_status, rating, tasks }: ChoiceConfig,
  lead: ObjectDescription,
  choices: OrgChoices,
): OrgProblem[] {
  return [
    ...(lead_status === undefined ? [] : statusProblems(lead_status.mql, choices)),
    ...(rating === undefined ? [] : unknownProblem(['rating', 'mql'], 'Rating', rating.mql, valuesOf(lead, 'Rating'))),
    ...taskProblems(tasks, choices),
  ];
}

function taskProblems({ status, priority }: ChoiceConfig['tasks'], { task }: OrgChoices): OrgProblem[] {
  if (task === undefined) {
    const message =
      'the integration user sees no tasks, which follow-ups are: give it the permission "Access Activities"';
    return [{ path: ['tasks'], message, mendedBySetup: true }];
  }
  return [
    ...unknownProblem(['tasks', 'status'], 'task status', status, task.statuses),
    ...unknownProblem(['tasks', 'priority'], 'task priority', priority, task.priorities),
  ];
}

function statusProblems(wanted: string, { leadStatuses, converted }: OrgChoices): OrgProblem[] {
  const path = ['lead_status', 'mql'];
  if (!converted.includes(wanted)) return unknownProblem(path, 'Lead Status', wanted, open(leadStatuses, converted));
  const message = `"${wanted}" means that a lead was converted, which only a conversion does${suggestion(wanted, open(leadStatuses, converted))}`;
  return [{ path, message }];
}

const open = (all: readonly string[], converted: readonly string[]) => all.filter((each) => !converted.includes(each));

function unknownProblem(
  path: readonly string[],
  what: string,
  wanted: string,
  values: readonly string[],
): OrgProblem[] {
  if (values.includes(wanted)) return [];
  return [{ path, message: `the org has no ${what} "${wanted}"${suggestion(wanted, values)}` }];
}

/** What can be chosen of a picklist; nothing for a field that our user does not see. */
function valuesOf({ fields }: ObjectDescription, name: string): string[] {
  const field = fields.find((each) => each.name === name);
  return (field?.picklistValues ?? []).filter(({ active }) => active).map(({ value }) => value);
}
