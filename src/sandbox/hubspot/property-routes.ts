import { z } from 'zod';
import { type Answer, HubSpotError, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Portal } from '../portal/portal.ts';
import { describeProperty, FIELD_TYPES, PROPERTY_TYPES, type Property } from '../portal/property.ts';
import type { PropertyRegistry } from '../portal/property-registry.ts';
import type { CrmRecord } from '../portal/record.ts';
import { readBody } from './read-body.ts';
import type { RecordType } from './record-type.ts';

const option = z
  .object({
    label: z.string(),
    value: z.string(),
    displayOrder: z.number().int().default(-1),
    hidden: z.boolean().default(false),
    description: z.string().default(''),
  })
  .transform(({ label, value, displayOrder, hidden, description }) => ({
    label,
    value,
    displayOrder,
    hidden,
    description,
  }));
const newProperty = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(PROPERTY_TYPES),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().optional(),
  options: z.array(option).optional(),
});
const propertyChange = z.object({
  label: z.string().optional(),
  description: z.string().optional(),
  groupName: z.string().optional(),
  options: z.array(option).optional(),
});

/** Definitions of properties. https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide */
export function propertyRoutes<T extends CrmRecord>(portal: Portal, { name, scopes, table }: RecordType<T>): Route[] {
  const base = `/crm/properties/{version}/${name}`;
  const read = { kind: 'setup', scopes: [scopes.readSchema, scopes.read] } as const;
  const write = { kind: 'setup', scopes: [scopes.writeSchema] } as const;
  const { properties } = table;
  return [
    { method: 'GET', template: base, ...read, handle: (call) => list(properties, call) },
    {
      method: 'POST',
      template: base,
      ...write,
      handle: ({ body }) => ({ status: 201, body: create(properties, body, portal.now()) }),
    },
    {
      method: 'POST',
      template: `${base}/batch/create`,
      ...write,
      handle: (call) => createBatch(properties, call, portal.now()),
    },
    {
      method: 'GET',
      template: `${base}/{name}`,
      ...read,
      handle: (call) => ({ status: 200, body: describeProperty(propertyOf(properties, call)) }),
    },
    {
      method: 'PATCH',
      template: `${base}/{name}`,
      ...write,
      handle: (call) => change(properties, call, portal.now()),
    },
  ];
}

function list(properties: PropertyRegistry, { query }: Call): Answer {
  const asked = query.get('archived') === 'true' ? properties.allArchived() : properties.all();
  return { status: 200, body: { results: [...asked].map(describeProperty) } };
}

function create(properties: PropertyRegistry, body: unknown, now: number) {
  const property = readBody(newProperty, body);
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(property.name)) {
    throw invalid(
      `${property.name} is not a valid property name: it needs small letters, digits and _, and a letter first`,
    );
  }
  if (properties.get(property.name) !== undefined) {
    throw new HubSpotError(409, 'OBJECT_ALREADY_EXISTS', `A property named '${property.name}' already exists.`, {
      errors: [{ message: 'The property already exists', context: { propertyName: [property.name] } }],
    });
  }
  if (!FIELD_TYPES[property.type].includes(property.fieldType)) {
    throw invalid(`Property type ${property.type} and field type ${property.fieldType} do not fit together`);
  }
  checkGroup(properties, property.groupName);
  checkOptions(property.options);
  if (property.type === 'enumeration' && (property.options ?? []).length === 0) {
    throw invalid(`Property ${property.name} is an enumeration and needs options`);
  }
  return describeProperty(properties.add(property, now));
}

function createBatch(properties: PropertyRegistry, { body }: Call, now: number): Answer {
  const { inputs } = readBody(z.object({ inputs: z.array(z.unknown()).min(1).max(100) }), body);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    try {
      results.push(create(properties, input, now));
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      errors.push({ status: 'error', category: error.category, message: error.message, ...error.more });
    }
  }
  const at = new Date(now).toISOString();
  const common = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  return errors.length === 0
    ? { status: 201, body: common }
    : { status: 207, body: { ...common, numErrors: errors.length, errors } };
}

function change(properties: PropertyRegistry, call: Call, now: number): Answer {
  const property = propertyOf(properties, call);
  const { label, description, groupName, options } = readBody(propertyChange, call.body);
  const optionsOnly = label === undefined && description === undefined && groupName === undefined;
  const allowed =
    !property.hubspotDefined || (optionsOnly && ['lifecyclestage', 'hs_lead_status'].includes(property.name));
  if (!allowed) throw invalid(`Property ${property.name} is defined by HubSpot and cannot be changed`);
  checkGroup(properties, groupName ?? property.groupName);
  checkOptions(options);
  property.label = label ?? property.label;
  property.description = description ?? property.description;
  property.groupName = groupName ?? property.groupName;
  property.options = options ?? property.options;
  property.updatedAt = now;
  return { status: 200, body: describeProperty(property) };
}

function propertyOf(properties: PropertyRegistry, { params, query }: Call): Property {
  const name = params.name ?? '';
  const property = query.get('archived') === 'true' ? properties.getArchived(name) : properties.get(name);
  if (property === undefined) throw notFound(`There is no property ${params.name}`);
  return property;
}

function checkGroup(properties: PropertyRegistry, name: string): void {
  if (!properties.groups.has(name)) throw invalid(`There is no property group ${name}`);
}

function checkOptions(options: readonly { value: string; label: string }[] | undefined): void {
  for (const key of ['value', 'label'] as const) {
    const all = (options ?? []).map((one) => one[key]);
    if (new Set(all).size !== all.length) throw invalid(`Two options have the same ${key}`);
  }
}
