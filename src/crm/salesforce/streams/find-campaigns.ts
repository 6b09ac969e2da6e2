import { z } from 'zod';
import { suggestion } from '../../../base/nearest-word.ts';
import type { SalesforceApi } from '../api/api.ts';
import { queryPages } from '../api/query.ts';
import { isSalesforceId, longId } from '../api/record-id.ts';
import { literal } from '../api/soql.ts';
import type { SalesforceConfig } from '../config.ts';
import type { OrgProblem } from '../org-problem.ts';
import { isNotAllowed } from './not-allowed.ts';
import { recordId } from './row-fields.ts';

export interface FoundCampaigns {
  /** The ids of the campaigns of each key in config: several, where several have that name. */
  readonly byKey: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly OrgProblem[];
}

/** Our keys, and what config calls the campaign of each: by its name or id. */
export type NamedCampaigns = Readonly<Record<string, { readonly campaign: string }>>;

/**
 * Campaigns of the org by name, in any case as Salesforce compares, or by id. One or two calls; none where config names none.
 * Where the user may not see campaigns at all, none is found and none is missed: of that, the stream's own state tells.
 */
export async function findCampaigns(
  api: SalesforceApi,
  campaigns: SalesforceConfig['campaigns'],
): Promise<FoundCampaigns> {
  try {
    return await findNamed(api, campaigns, (key) => ['campaigns', key]);
  } catch (error) {
    if (isNotAllowed(error)) return NONE;
    throw error;
  }
}

const NONE: FoundCampaigns = { byKey: new Map(), problems: [] };

/**
 * The same for any campaigns that config names at these places.
 * @throws SalesforceRefusal where the user may not see campaigns
 */
export async function findNamed(
  api: SalesforceApi,
  campaigns: NamedCampaigns,
  pathOf: (key: string) => readonly string[],
): Promise<FoundCampaigns> {
  const wanted = Object.entries(campaigns).map(([key, { campaign }]) => ({ key, campaign }));
  if (wanted.length === 0) return NONE;
  const found = await readCampaigns(api, `WHERE ${wanted.map(({ campaign }) => condition(campaign)).join(' OR ')}`);
  const byKey = new Map(
    wanted.map(({ key, campaign }) => [key, found.filter(isCalled(campaign)).map(({ Id }) => Id)] as const),
  );
  const missing = wanted.filter(({ key }) => byKey.get(key)?.length === 0);
  if (missing.length === 0) return { byKey, problems: [] };
  // For the word that was meant; of very many campaigns, it is likely one of the latest.
  const names = (await readCampaigns(api, 'ORDER BY CreatedDate DESC LIMIT 2000')).map(({ Name }) => Name);
  const problems = missing.map(({ key, campaign }) => ({
    path: pathOf(key),
    message: `Salesforce has no campaign "${campaign}" that the user may see${suggestion(campaign, new Set(names))}`,
  }));
  return { byKey, problems };
}

const campaignRow = z.object({ Id: recordId, Name: z.string() });
type Campaign = z.output<typeof campaignRow>;

async function readCampaigns(api: SalesforceApi, which: string): Promise<Campaign[]> {
  const found: Campaign[] = [];
  const soql = `SELECT Id,Name FROM Campaign ${which}`;
  for await (const page of queryPages(api, soql, campaignRow, { kind: 'setup' })) found.push(...page);
  return found;
}

function condition(campaign: string): string {
  return isCampaignId(campaign) ? `Id = ${literal(campaign)}` : `Name = ${literal(campaign)}`;
}

function isCalled(campaign: string): (one: Campaign) => boolean {
  if (isCampaignId(campaign)) return ({ Id }) => longId(Id) === longId(campaign);
  return ({ Name }) => Name.trim().toLowerCase() === campaign.toLowerCase();
}

function isCampaignId(text: string): boolean {
  return text.startsWith('701') && isSalesforceId(text);
}
