import { accountModels, type ModelOutputs, overrideNames } from '../outputs/output-model.ts';
import type { HubspotConfig } from './config.ts';

export interface Subscription {
  readonly subscriptionType: string;
  readonly objectType?: 'contact';
  readonly propertyName?: string;
  readonly active: true;
}

/** Under the keys of a webhooks component. https://developers.hubspot.com/docs/apps/developer-platform/add-features/configure-webhooks */
export interface Subscriptions {
  readonly crmObjects: readonly Subscription[];
  readonly hubEvents: readonly Subscription[];
}

/**
 * What HubSpot has to tell of at once: contacts that come, go, merge or return, forms that are sent, and changes of whatever
 * the models can ask about. Never of what leadgauge itself writes.
 */
export function webhookSubscriptions(config: HubspotConfig, models: readonly ModelOutputs[]): Subscriptions {
  const properties = watchedProperties(config, models);
  return {
    crmObjects: [
      ...['creation', 'deletion', 'merge', 'restore'].map((event) => ofContacts(`object.${event}`)),
      ...properties.map((propertyName) => ofContacts('object.propertyChange', propertyName)),
    ],
    hubEvents: [{ subscriptionType: 'contact.privacyDeletion', active: true }],
  };
}

function ofContacts(subscriptionType: string, propertyName?: string): Subscription {
  const property = propertyName === undefined ? {} : { propertyName };
  return { subscriptionType, objectType: 'contact', ...property, active: true };
}

/** HubSpot has no webhook for forms: this property moves when one is sent. */
const FORM_SENT = 'recent_conversion_date';

/** HubSpot tells of no change of the first two. The third moves with everything, our own writing included. */
const NEVER = ['num_unique_conversion_events', 'hs_lastmodifieddate', 'lastmodifieddate'];

function watchedProperties(config: HubspotConfig, models: readonly ModelOutputs[]): string[] {
  const { fields, company_fields, sales_status: status } = config;
  const written = models.flatMap(({ names, keys }) =>
    keys.filter((key) => key !== 'override').map((key) => names[key]),
  );
  const never = new Set([...NEVER, ...written]);
  const watched = [
    FORM_SENT,
    ...Object.values(fields),
    ...overrideNames(models),
    ...(status === 'off' ? [] : [status.property]),
    ...(accountModels(models).length > 0 || Object.keys(company_fields).length > 0 ? ['associatedcompanyid'] : []),
  ];
  return [...new Set(watched)].filter((property) => !never.has(property));
}
