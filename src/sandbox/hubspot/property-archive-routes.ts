import { z } from 'zod';
import { type HubSpotError, invalid, notFound } from '../http/answer.ts';
import type { Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import type { Property } from '../portal/property.ts';
import type { CrmRecord } from '../portal/record.ts';
import { readBody } from './read-body.ts';
import type { RecordType } from './record-type.ts';

const namesBody = z.object({
  inputs: z
    .array(z.object({ name: z.string() }))
    .min(1)
    .max(100),
});

/**
 * Properties and their groups are taken away. How HubSpot words its refusal of a property that is in use is not
 * published. https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide
 */
export function propertyArchiveRoutes<T extends CrmRecord>(
  portal: Portal,
  { name: type, scopes, table }: RecordType<T>,
): Route[] {
  const base = `/crm/properties/{version}/${type}`;
  const write = { kind: 'setup', scopes: [scopes.writeSchema] } as const;
  const { properties } = table;
  return [
    {
      method: 'DELETE',
      template: `${base}/{name}`,
      ...write,
      handle: ({ params }) => {
        const property = properties.get(params.name ?? '');
        if (property === undefined) throw notFound(`There is no property ${params.name}`);
        const refused = refusalOf(property);
        if (refused !== undefined) throw refused;
        properties.archive(property, portal.now());
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      template: `${base}/batch/archive`,
      ...write,
      // Of properties that are not there, or not any more, HubSpot says nothing.
      handle: ({ body }) => {
        const named = readBody(namesBody, body).inputs.flatMap(({ name }) => properties.get(name) ?? []);
        const refused = named.map(refusalOf).find((problem) => problem !== undefined);
        if (refused !== undefined) throw refused;
        for (const property of named) properties.archive(property, portal.now());
        return { status: 204 };
      },
    },
    {
      method: 'DELETE',
      template: `${base}/groups/{name}`,
      ...write,
      handle: ({ params }) => {
        const group = properties.groups.get(params.name ?? '');
        if (group === undefined) throw notFound(`There is no property group ${params.name}`);
        if (group.hubspotDefined)
          throw invalid(`Property group ${group.name} is defined by HubSpot and cannot be archived`);
        const left = [...properties.all()].filter(({ groupName }) => groupName === group.name);
        if (left.length > 0) {
          const propertyName = left.map(({ name }) => name);
          throw invalid(`Property group ${group.name} still has properties`, { context: { propertyName } });
        }
        properties.groups.delete(group.name);
        return { status: 204 };
      },
    },
  ];
}

function refusalOf({ name, hubspotDefined, usedBy }: Property): HubSpotError | undefined {
  if (hubspotDefined) return invalid(`Property ${name} is defined by HubSpot and cannot be archived`);
  if (usedBy === undefined) return undefined;
  return invalid(`Property ${name} cannot be archived while it is in use by workflow "${usedBy}"`, {
    context: { propertyName: [name] },
  });
}
