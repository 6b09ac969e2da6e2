import type { Answer, Call, Route } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import type { NewField, Values } from '../org/field.ts';
import type { ObjectDefinition } from '../org/object-type.ts';
import { Org } from '../org/org.ts';
import type { Answer as Found } from '../soql/answer.ts';
import { evaluate } from '../soql/evaluate.ts';
import { restRow } from '../soql/rest-row.ts';
import { SoqlError } from '../soql/soql-error.ts';
import { customFieldAnswer } from './custom-field-answer.ts';
import { attributesOf, checkSetup } from './custom-field-routes.ts';
import type { CustomField, CustomFields } from './custom-fields.ts';

const text = (name: string): NewField => ({ name, label: name, type: 'string', length: 1_000 });
const whole = (name: string): NewField => ({ name, label: name, type: 'int' });
const time = (name: string): NewField => ({ name, label: name, type: 'datetime' });

/** What the Tooling API can be asked of custom fields. */
const CUSTOM_FIELD: ObjectDefinition = {
  name: 'CustomField',
  label: 'Custom Field',
  labelPlural: 'Custom Fields',
  keyPrefix: '00N',
  writable: false,
  fields: [
    { name: 'Id', label: 'Custom Field ID', type: 'id' },
    ...['DurableId', 'TableEnumOrId', 'DeveloperName', 'NamespacePrefix', 'FullName', 'ManageableState'].map(text),
    ...['Description', 'InlineHelpText', 'Metadata'].map(text),
    ...['Length', 'Precision', 'Scale'].map(whole),
    ...['CreatedDate', 'LastModifiedDate'].map(time),
  ],
};

/** Whoever selects these gets one record at the most. */
const WHOLE = ['Metadata', 'FullName'];

/** https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/intro_rest_resources.htm */
export function toolingQueryRoutes(org: Org, fields: CustomFields): Route[] {
  return [
    {
      method: 'GET',
      template: '/services/data/{version}/tooling/query',
      kind: 'setup',
      handle: (call) => {
        checkSetup(org, call);
        return query(org, fields, call);
      },
    },
  ];
}

function query(org: Org, fields: CustomFields, { query: params, params: { version } }: Call): Answer {
  const soql = params.get('q');
  if (soql === null) throw refusal('MALFORMED_QUERY', 'A query string has to be specified');
  const all = new Map(fields.all().map((one) => [one.id, one]));
  const found = find(org, [...all.values()], soql);
  const { totalSize, columns } = found;
  if (totalSize > 1 && WHOLE.some((name) => columns.includes(name))) {
    throw refusal(
      'MALFORMED_QUERY',
      `When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ${totalSize}`,
    );
  }
  const records = found.isCount
    ? []
    : found.rows().map((row) => {
        const record = restRow(row, `/services/data/${version}`);
        const id = row.record?.id;
        if (id === undefined) return record;
        const metadata = 'Metadata' in record ? { Metadata: all.get(id)?.metadata } : {};
        return { ...record, ...metadata, attributes: attributesOf(version, id) };
      });
  return {
    status: 200,
    body: { size: records.length, totalSize, done: true, queryLocator: null, entityTypeName: 'CustomField', records },
  };
}

/** Asks an org of its own, whose only business is custom fields: the Tooling API knows other objects than the REST API. */
function find(org: Org, all: readonly CustomField[], soql: string): Found {
  const tooling = new Org(org.settings);
  const type = tooling.addObject(CUSTOM_FIELD);
  for (const one of all) {
    const { Metadata: _, ...values } = customFieldAnswer(one);
    tooling.seed(type, readable(values), { created: one.createdAt, modified: one.modifiedAt }, one.id);
  }
  try {
    return evaluate(tooling, soql, { user: undefined });
  } catch (error) {
    throw error instanceof SoqlError ? refusal(error.code, error.message) : error;
  }
}

function readable(values: Readonly<Record<string, unknown>>): Values {
  const kept: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(values))
    if (value === null || typeof value === 'string' || typeof value === 'number') kept[name] = value;
  return kept;
}
