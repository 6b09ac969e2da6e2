import type { ActivityType } from '../../leads/activity.ts';
import { accountModels, type ModelOutputs } from '../outputs/output-model.ts';
import { neededTypes, type SalesNeeds } from '../sales-needs.ts';
import type { HubspotConfig } from './config.ts';
import { STREAMS } from './streams/registry.ts';
import type { StreamKey } from './streams/stream-kind.ts';

export interface NeededScope {
  readonly scope: string;
  /** As in "so that leadgauge can …". */
  readonly purpose: string;
  /** Only `setup` and `remove` need it: it may be taken away between them. */
  readonly setupOnly?: true;
  /** A stream would use it, which config leaves to the portal, and only this edition of HubSpot lets an app have it. */
  readonly edition?: string;
  /** Whose scope that is. */
  readonly stream?: StreamKey;
}

/**
 * What a credential must be allowed for this config, these models and what else is needed, and nothing more; each scope once. Who may read records
 * may read their properties, too: https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide
 */
export function neededScopes(
  config: HubspotConfig,
  models: readonly ModelOutputs[],
  needs: SalesNeeds = {},
): NeededScope[] {
  const all = [
    ...contactScopes(config),
    ...ownerScopes(config, needs),
    ...relatedScopes(config, needs),
    ...companyScopes(models),
    ...streamScopes(config, neededTypes(models, needs)),
  ];
  const first = new Map<string, NeededScope>();
  // What something needs in any case must not be left out because a stream could do without.
  for (const need of [...all].sort((a, b) => rank(a) - rank(b)))
    if (!first.has(need.scope)) first.set(need.scope, need);
  return all.filter((need) => first.get(need.scope) === need);
}

const rank = ({ setupOnly, edition }: NeededScope) => (edition !== undefined ? 2 : setupOnly ? 1 : 0);

function contactScopes({ forms, custom_events }: HubspotConfig): NeededScope[] {
  return [
    { scope: 'crm.objects.contacts.read', purpose: 'read contacts, and which properties and stages there are' },
    { scope: 'crm.objects.contacts.write', purpose: 'write the results, move the stage and make tasks' },
    { scope: 'crm.schemas.contacts.write', purpose: 'create the contact properties', setupOnly: true },
    ...(isEmpty(forms) ? [] : [{ scope: 'forms', purpose: 'read forms and what was sent with them' }]),
    ...(isEmpty(custom_events) ? [] : [{ scope: 'business-intelligence', purpose: 'read custom events' }]),
  ];
}

function ownerScopes({ tasks }: HubspotConfig, { knowsOwners = false }: SalesNeeds): NeededScope[] {
  const named = tasks.fallback_owner !== undefined || tasks.owners.length > 0;
  const read = (purpose: string) => ({ scope: 'crm.objects.owners.read', purpose });
  if (!knowsOwners) return named ? [read('find who gets a lead without an owner')] : [];
  return [
    read('see who can own leads, and who has left'),
    { scope: 'crm.objects.users.read', purpose: 'see in which time zone an owner works' },
  ];
}

const isEmpty = (named: object) => Object.keys(named).length === 0;

/** Of what is not on the contact itself. */
function relatedScopes(
  { company_fields, lists, nurture }: HubspotConfig,
  { accountOwners = false }: SalesNeeds,
): NeededScope[] {
  const ofCompanies = { scope: 'crm.objects.companies.read', purpose: 'read the companies of contacts' };
  const ofLists = isEmpty(lists) ? 'see which lists there are' : 'see who is on which list';
  return [
    ...(isEmpty(company_fields) && !accountOwners ? [] : [ofCompanies]),
    ...(isEmpty(lists) && isEmpty(nurture) ? [] : [{ scope: 'crm.lists.read', purpose: ofLists }]),
    ...(isEmpty(nurture) ? [] : [{ scope: 'crm.lists.write', purpose: 'put contacts on the lists of nurture rules' }]),
  ];
}

function companyScopes(models: readonly ModelOutputs[]): NeededScope[] {
  if (accountModels(models).length === 0) return [];
  return [
    { scope: 'crm.objects.companies.read', purpose: 'read the companies that have a score' },
    { scope: 'crm.objects.companies.write', purpose: 'write the scores of companies' },
    { scope: 'crm.schemas.companies.write', purpose: 'create the company property', setupOnly: true },
  ];
}

/** Of the streams that will be read if the portal has them. */
function streamScopes({ streams }: HubspotConfig, asked: ReadonlySet<ActivityType>): NeededScope[] {
  return STREAMS.flatMap(({ key, what, scopes, edition, delivers }): NeededScope[] => {
    const wanted = streams[key];
    if (wanted === 'off' || (wanted === 'auto' && !delivers.some((type) => asked.has(type)))) return [];
    return scopes.map((scope) => {
      const only = wanted === 'auto' ? EDITIONS[scope] : undefined;
      if (only !== undefined) return { scope, purpose: `read ${what}`, edition: only, stream: key };
      return { scope, purpose: `read ${what}${edition === undefined ? '' : `, where the account has ${edition}`}` };
    });
  });
}

/**
 * Which accounts an app can have these scopes in; any, for all others. What a scope gives may need more than that.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes
 */
const EDITIONS: Readonly<Record<string, string>> = {
  content: 'a Marketing Hub or Content Hub from Professional on',
};
