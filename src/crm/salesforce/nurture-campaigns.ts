import type { SalesforceApi } from './api/api.ts';
import type { SalesforceConfig } from './config.ts';
import type { OrgProblem } from './org-problem.ts';
import { findNamed } from './streams/find-campaigns.ts';
import { isNotAllowed } from './streams/not-allowed.ts';

export interface NurtureCampaigns {
  /** The id of the campaign of each nurture rule. */
  readonly byRule: ReadonlyMap<string, string>;
  readonly problems: readonly OrgProblem[];
}

/** The campaigns that config has for nurture rules; one or two calls, none where it has none. */
export async function findNurtureCampaigns(
  api: SalesforceApi,
  { nurture }: Pick<SalesforceConfig, 'nurture'>,
): Promise<NurtureCampaigns> {
  const pathOf = (rule: string) => ['nurture', rule, 'campaign'];
  try {
    const { byKey, problems } = await findNamed(api, nurture, pathOf);
    const found = [...byKey].flatMap(([rule, [id]]) => (id === undefined ? [] : [[rule, id] as const]));
    const several = [...byKey].flatMap(([rule, { length }]): OrgProblem[] => {
      const message = `Salesforce has ${length} campaigns "${nurture[rule]?.campaign}": write the id of the one that is meant (701...)`;
      return length > 1 ? [{ path: pathOf(rule), message }] : [];
    });
    return { byRule: new Map(found), problems: [...problems, ...several] };
  } catch (error) {
    if (!isNotAllowed(error)) throw error;
    const message =
      'the integration user may not see campaigns, which leads are put in for nurture: run "leadgauge setup", which grants it';
    return { byRule: new Map(), problems: [{ path: ['nurture'], message, mendedBySetup: true }] };
  }
}
