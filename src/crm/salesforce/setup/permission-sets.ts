import type { ActivityType } from '../../../leads/activity.ts';
import { askedTypes, type ModelOutputs } from '../../outputs/output-model.ts';
import type { SalesforceConfig } from '../config.ts';
import { fullName, wantedFields } from './wanted-fields.ts';

/** What a permission set of ours grants. */
export interface WantedSet {
  /** `Leadgauge`. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** By `Lead.Leadgauge_Score__c`: whether it may be written to as well as read. */
  readonly fields: ReadonlyMap<string, boolean>;
  /** By object: whether its records may be edited as well as read. */
  readonly objects: ReadonlyMap<ReadObject, boolean>;
}

/** Every object to which one may grant access. */
export const READ_OBJECTS = ['Account', 'Contact', 'Lead', 'Campaign', 'Opportunity'] as const;
export type ReadObject = (typeof READ_OBJECTS)[number];

/**
 * One for whom leadgauge signs in as, one for sales: who may write a score need not be who reads it.
 * @param personAccounts whether the org has person accounts, which are written to as accounts
 */
export function wantedSets(
  config: SalesforceConfig,
  models: readonly ModelOutputs[],
  personAccounts: boolean,
): [WantedSet, WantedSet] {
  const wanted = wantedFields(config, models);
  const writesAccounts = personAccounts || wanted.some(({ object }) => object === 'Account');
  const { integration, sales } = config.permission_sets;
  return [
    {
      name: integration,
      label: 'leadgauge',
      description:
        'For the integration user of leadgauge: reads leads, contacts and accounts, and writes its own fields.',
      fields: new Map(wanted.map((field) => [fullName(field), !field.readOnly])),
      objects: integrationObjects(config, askedTypes(models), writesAccounts),
    },
    {
      name: sales,
      label: 'leadgauge for sales',
      description:
        'For everybody in sales: shows the fields of leadgauge, and lets them set their decision and the stage.',
      fields: new Map(wanted.map((field) => [fullName(field), field.forSales])),
      objects: new Map(),
    },
  ];
}

/** Sales has its access to records already, whatever it is. Not every edition and license has campaigns and opportunities. */
function integrationObjects(
  { campaigns, nurture, streams }: SalesforceConfig,
  asked: ReadonlySet<ActivityType>,
  writesAccounts: boolean,
): ReadonlyMap<ReadObject, boolean> {
  const told = Object.values(campaigns).map(({ as }) => as);
  const isRead = (stream: 'campaigns' | 'opportunities', types: readonly ActivityType[]) =>
    streams[stream] === 'on' || (streams[stream] === 'auto' && types.some((type) => asked.has(type)));
  const objects = new Map<ReadObject, boolean>([
    // Whoever reads contacts must be able to read accounts, so that these come first.
    ['Account', writesAccounts],
    ['Contact', true],
    ['Lead', true],
  ]);
  // Who may read a campaign may put people into it.
  const nurtures = Object.keys(nurture).length > 0;
  if (nurtures || (told.length > 0 && isRead('campaigns', told))) objects.set('Campaign', false);
  if (isRead('opportunities', ['deal-won'])) objects.set('Opportunity', false);
  return objects;
}
