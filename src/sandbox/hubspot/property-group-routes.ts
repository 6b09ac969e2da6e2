import { z } from 'zod';
import { type Answer, HubSpotError, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { PropertyRegistry } from '../portal/property-registry.ts';
import type { CrmRecord } from '../portal/record.ts';
import { readBody } from './read-body.ts';
import type { RecordType } from './record-type.ts';

const newGroup = z.object({ name: z.string(), label: z.string() });
const groupChange = z.object({ label: z.string().optional() });

/** The groups under which HubSpot shows properties. https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide */
export function propertyGroupRoutes<T extends CrmRecord>({ name, scopes, table }: RecordType<T>): Route[] {
  const base = `/crm/properties/{version}/${name}/groups`;
  const read = { kind: 'setup', scopes: [scopes.readSchema, scopes.read] } as const;
  const write = { kind: 'setup', scopes: [scopes.writeSchema] } as const;
  const { groups } = table.properties;
  return [
    { method: 'GET', template: base, ...read, handle: () => listGroups(groups) },
    { method: 'POST', template: base, ...write, handle: (call) => createGroup(groups, call) },
    { method: 'GET', template: `${base}/{name}`, ...read, handle: (call) => getGroup(groups, call) },
    { method: 'PATCH', template: `${base}/{name}`, ...write, handle: (call) => changeGroup(groups, call) },
  ];
}

type Groups = PropertyRegistry['groups'];

function listGroups(groups: Groups): Answer {
  return { status: 200, body: { results: [...groups.values()].map(describeGroup) } };
}

function getGroup(groups: Groups, call: Call): Answer {
  return { status: 200, body: describeGroup(groupOf(groups, call)) };
}

function changeGroup(groups: Groups, call: Call): Answer {
  const group = groupOf(groups, call);
  const { label = group.label } = readBody(groupChange, call.body);
  const changed = { ...group, label };
  groups.set(group.name, changed);
  return { status: 200, body: describeGroup(changed) };
}

function groupOf(groups: Groups, { params }: Call) {
  const group = groups.get(params.name ?? '');
  if (group === undefined) throw notFound(`There is no property group ${params.name}`);
  return group;
}

function createGroup(groups: Groups, { body }: Call): Answer {
  const group = readBody(newGroup, body);
  if (!/^[a-z][a-z0-9_]*$/.test(group.name)) throw invalid(`${group.name} is not a valid name for a property group`);
  if (groups.has(group.name)) {
    throw new HubSpotError(409, 'OBJECT_ALREADY_EXISTS', `A property group named '${group.name}' already exists.`);
  }
  groups.set(group.name, { ...group, hubspotDefined: false });
  return { status: 201, body: describeGroup(group) };
}

function describeGroup({ name, label }: { name: string; label: string }) {
  return { name, label, displayOrder: -1, archived: false };
}
