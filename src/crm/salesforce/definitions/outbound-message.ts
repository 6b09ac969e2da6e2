import { API_VERSION } from '../api/api.ts';
import { metadataXml } from './metadata-xml.ts';
import { definitionLabel, definitionName, type ToldObject } from './told-objects.ts';

export interface OutboundMessageOptions {
  readonly endpointUrl: string;
  /** The username of whoever the message is sent as: it must be able to see the records. */
  readonly username: string;
}

/**
 * A file of workflows that holds one outbound message. Deploying it leaves alone whatever else the org has for the object.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_workflow.htm
 */
export function outboundMessageXml(told: ToldObject, { endpointUrl, username }: OutboundMessageOptions): string {
  return metadataXml('Workflow', [
    [
      'outboundMessages',
      [
        ['fullName', definitionName(told)],
        ['apiVersion', API_VERSION],
        [
          'description',
          `Tells leadgauge the id of a ${told.what} that changed. It carries nothing else of the record.`,
        ],
        ['endpointUrl', endpointUrl],
        ...told.fields.map((field) => ['fields', field] as const),
        ['includeSessionId', 'false'],
        ['integrationUser', username],
        ['name', definitionLabel(told)],
        ['protected', 'false'],
        ['useDeadLetterQueue', 'false'],
      ],
    ],
  ]);
}
