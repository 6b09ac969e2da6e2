import { z } from 'zod';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { notFound, refusal } from '../http/salesforce-error.ts';
import type { Org } from '../org/org.ts';
import { apiTime, customFieldAnswer } from './custom-field-answer.ts';
import type { CustomField, CustomFields } from './custom-fields.ts';
import { fieldMetadata } from './field-metadata.ts';

const CUSTOM_FIELDS = '/services/data/{version}/tooling/sobjects/CustomField';
const CUSTOM_FIELD = `${CUSTOM_FIELDS}/{id}`;

const newField = z.looseObject({ FullName: z.string(), Metadata: fieldMetadata });
/** What `FullName` is beside the new description, it must be as before. */
const fieldChange = z.looseObject({ FullName: z.string().optional(), Metadata: fieldMetadata });

/** https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_customfield.htm */
export function customFieldRoutes(org: Org, fields: CustomFields): Route[] {
  const kind = 'setup';
  const guarded = (handle: (call: Call) => Answer) => (call: Call) => {
    checkSetup(org, call);
    return handle(call);
  };
  return [
    { method: 'POST', template: CUSTOM_FIELDS, kind, handle: guarded((call) => create(fields, call)) },
    { method: 'GET', template: CUSTOM_FIELD, kind, handle: guarded((call) => read(fields, call)) },
    { method: 'PATCH', template: CUSTOM_FIELD, kind, handle: guarded((call) => change(fields, call)) },
    { method: 'DELETE', template: CUSTOM_FIELD, kind, handle: guarded((call) => remove(fields, call)) },
  ];
}

/** Only who may view setup and customize the application reaches custom fields. */
export function checkSetup(org: Org, { session }: Call): void {
  if (!org.access.maySetUp(session.userId))
    throw refusal('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', { fields: [] });
}

function create(fields: CustomFields, { body, params }: Call): Answer {
  const { FullName, Metadata } = readBody(newField, body);
  const { id } = fields.add(FullName, Metadata);
  return {
    status: 201,
    body: { id, success: true, errors: [], warnings: [], infos: [] },
    headers: { Location: `/services/data/${params.version}/tooling/sobjects/CustomField/${id}` },
  };
}

function read(fields: CustomFields, { params }: Call): Answer {
  const { CreatedDate, LastModifiedDate, ...answer } = customFieldAnswer(fieldOf(fields, params.id));
  return {
    status: 200,
    body: {
      attributes: attributesOf(params.version, String(answer.Id)),
      ...answer,
      CreatedDate: apiTime(Number(CreatedDate)),
      LastModifiedDate: apiTime(Number(LastModifiedDate)),
    },
  };
}

export function attributesOf(version: string | undefined, id: string): Record<string, string> {
  return { type: 'CustomField', url: `/services/data/${version}/tooling/sobjects/CustomField/${id}` };
}

function change(fields: CustomFields, { body, params }: Call): Answer {
  const { FullName, Metadata } = readBody(fieldChange, body);
  const customField = fieldOf(fields, params.id);
  const { object, field } = customField;
  if (FullName !== undefined && FullName.toLowerCase() !== `${object.name}.${field.name}`.toLowerCase())
    throw refusal('FIELD_INTEGRITY_EXCEPTION', 'The sandbox renames no fields', { fields: ['FullName'] });
  fields.change(customField, Metadata);
  return { status: 204 };
}

function remove(fields: CustomFields, { params }: Call): Answer {
  fields.remove(fieldOf(fields, params.id));
  return { status: 204 };
}

function fieldOf(fields: CustomFields, id: string | undefined): CustomField {
  const found = fields.find(id ?? '');
  if (found === undefined) throw notFound();
  return found;
}
