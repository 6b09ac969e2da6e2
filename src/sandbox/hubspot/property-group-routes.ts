import { z } from 'zod';
import { type Answer, HubSpotError, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import { readBody } from './read-body.ts';

const base = '/crm/properties/{version}/contacts/groups';
const READ = ['crm.schemas.contacts.read', 'crm.objects.contacts.read'] as const;
const WRITE = ['crm.schemas.contacts.write'] as const;

const newGroup = z.object({ name: z.string(), label: z.string() });

/** The groups under which HubSpot shows properties. https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide */
export function propertyGroupRoutes(portal: Portal): Route[] {
  return [
    { method: 'GET', template: base, kind: 'setup', scopes: READ, handle: () => listGroups(portal) },
    { method: 'POST', template: base, kind: 'setup', scopes: WRITE, handle: (call) => createGroup(portal, call) },
    {
      method: 'GET',
      template: `${base}/{name}`,
      kind: 'setup',
      scopes: READ,
      handle: (call) => getGroup(portal, call),
    },
  ];
}

function listGroups(portal: Portal): Answer {
  return { status: 200, body: { results: [...portal.properties.groups.values()].map(describeGroup) } };
}

function getGroup(portal: Portal, { params }: Call): Answer {
  const group = portal.properties.groups.get(params.name ?? '');
  if (group === undefined) throw notFound(`There is no property group ${params.name}`);
  return { status: 200, body: describeGroup(group) };
}

function createGroup(portal: Portal, { body }: Call): Answer {
  const group = readBody(newGroup, body);
  if (!/^[a-z][a-z0-9_]*$/.test(group.name)) throw invalid(`${group.name} is not a valid name for a property group`);
  if (portal.properties.groups.has(group.name)) {
    throw new HubSpotError(409, 'OBJECT_ALREADY_EXISTS', `A property group named '${group.name}' already exists.`);
  }
  portal.properties.groups.set(group.name, group);
  return { status: 201, body: describeGroup(group) };
}

function describeGroup({ name, label }: { name: string; label: string }) {
  return { name, label, displayOrder: -1, archived: false };
}
