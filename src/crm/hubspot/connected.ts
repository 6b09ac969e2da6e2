import type { ActivityType } from '../../leads/activity.ts';
import type { ActivityStream, RelatedRecords } from '../crm.ts';
import type { ModelOutputs } from '../outputs/output-model.ts';
import { neededTypes, type SalesNeeds } from '../sales-needs.ts';
import { sparingOthers } from '../sparing-others.ts';
import { companyChanges } from './company-changes.ts';
import { companyFields } from './company-fields.ts';
import type { HubspotConfig } from './config.ts';
import { type Counter, countersBeside } from './counters.ts';
import { STAGE } from './customer-since.ts';
import { formsNamed } from './fit-portal.ts';
import { createMapping } from './leads.ts';
import { type BeforeLead, beforeLead, recycledStage, stagesOf } from './lifecycle.ts';
import { type FieldList, fieldLists, listFields } from './list-fields.ts';
import type { PastReading } from './list-past.ts';
import { type NurtureLists, nurtureLists } from './nurture-lists.ts';
import type { Portal } from './portal.ts';
import { CONVERSION_DATE } from './read.ts';
import { ForbiddenError, RefusedError } from './refusal.ts';
import { customEvents } from './streams/custom-events.ts';
import { formSubmissions } from './streams/form-submissions.ts';
import { STREAMS } from './streams/registry.ts';
import type { StreamStates } from './streams/stream-states.ts';
import type { Transport } from './transport.ts';

/** What is known once the portal has been read. */
export interface Connected {
  readonly reading: PastReading;
  readonly related: readonly RelatedRecords[];
  readonly lists: readonly FieldList[];
  readonly streams: readonly ActivityStream[];
  readonly delivers: ReadonlySet<ActivityType>;
  readonly fallbackOwner: string | undefined;
  readonly owners: readonly string[];
  readonly recycledStage: string | undefined;
  readonly isBeforeLead: BeforeLead | undefined;
  readonly nurtureLists: NurtureLists;
}

interface Context {
  readonly transport: Transport;
  readonly config: HubspotConfig;
  readonly models: readonly ModelOutputs[];
  readonly main: string | undefined;
  readonly needs: SalesNeeds;
}

/** What a stream tells one by one is not read from counters as well. */
export function connectedTo({ transport, config, models, main, needs }: Context, portal: Portal): Connected {
  const lifecycle = config.lifecycle === 'off' ? undefined : portal.properties.get(config.lifecycle.property);
  const stages = lifecycle === undefined ? [] : stagesOf(lifecycle);
  const forms = Object.entries(config.forms).flatMap(([key, wanted]) =>
    formsNamed(wanted, portal.forms).map(({ id }) => ({ key, id })),
  );
  const kinds = STREAMS.filter(({ key }) => portal.streams.get(key) === 'open');
  const streamed = new Set(kinds.flatMap(({ delivers }) => delivers));
  const counters = countersBeside(streamed);
  const lists = fieldLists(config, portal.related.lists);
  const readsCompanies = typeof portal.related.companyProperties !== 'string';
  const hasFields = readsCompanies && Object.keys(config.company_fields).length > 0;
  const owners = readsCompanies && needs.accountOwners === true;
  const asked = neededTypes(models, needs);
  const ownStages = portal.properties.get(STAGE);
  return {
    reading: {
      transport,
      config,
      models,
      stages: ownStages === undefined ? [] : stagesOf(ownStages),
      mapping: createMapping({
        config,
        models,
        main,
        stages,
        counters,
        asksCompany: readsCompanies,
        readsCalculated: readsCalculated(config, portal),
      }),
      sources: [
        ...(hasFields || owners ? [companyFields(transport, config, { owners })] : []),
        ...(lists.length > 0 ? [listFields(transport, lists)] : []),
      ],
    },
    related: hasFields ? [companyChanges(transport, config)] : [],
    lists,
    streams: [
      ...forms.map((form) => formSubmissions(transport, form)),
      ...Object.entries(config.custom_events).map(([key, event]) => customEvents(transport, { key, ...event })),
      ...kinds.map((kind) => kind.open({ transport, config, asked })),
    ].map((stream) => sparingOthers(stream, isRefusal)),
    delivers: deliveredTypes(config, portal.streams, counters),
    fallbackOwner: portal.fallbackOwner,
    owners: portal.owners.filter((owner) => owner !== 'missing'),
    recycledStage: recycledStage(config, stages),
    isBeforeLead: beforeLead(config, stages),
    nurtureLists: nurtureLists(config, portal.related.lists),
  };
}

/** Every portal has the time of the last conversion, which tells of those that HubSpot calculates. */
function readsCalculated({ fields }: HubspotConfig, { properties }: Portal): boolean {
  const calculated = Object.values(fields).some((name) => properties.get(name)?.calculated === true);
  return calculated && properties.has(CONVERSION_DATE);
}

/** What no model asks for yet counts as well: it would be read if one did. */
function deliveredTypes(
  config: HubspotConfig,
  states: StreamStates,
  counters: readonly Counter[],
): ReadonlySet<ActivityType> {
  const readable = STREAMS.filter(({ key }) => ['open', 'unasked'].includes(states.get(key) ?? 'off'));
  return new Set([
    'form-submission',
    ...Object.values(config.custom_events).map(({ as }) => as),
    ...readable.flatMap(({ delivers }) => delivers),
    ...counters.map(({ type }) => type),
  ]);
}

function isRefusal(error: unknown): error is Error {
  return error instanceof ForbiddenError || error instanceof RefusedError;
}
