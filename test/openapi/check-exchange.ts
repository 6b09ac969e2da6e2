import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { Operation, Spec } from './read-specs.ts';

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: unknown;
  readonly status: number;
  readonly answer: unknown;
}

export type CheckExchange = (operation: Operation, exchange: Exchange) => string[];

/**
 * Says in what an exchange is not as its operation is described; nothing where all is well. Properties that no schema names
 * are told as well: whoever relies on one relies on what the CRM may not have.
 */
export function createChecker(): CheckExchange {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const known = new Set<string>();

  function problems(spec: Spec, schema: object, value: unknown, what: string): string[] {
    if (!known.has(spec.id)) {
      ajv.addSchema({ $id: spec.id, components: { schemas: eachClosed(spec.schemas) } });
      known.add(spec.id);
    }
    const validate = ajv.compile(absolute(closed(schema), spec.id));
    return validate(value) ? [] : (validate.errors ?? []).map((error) => `${what}${problemText(error)}`);
  }

  return (operation, { query, request, status, answer }) => {
    const { spec, answers, parameters, required } = operation;
    const found: string[] = [];
    for (const name of new Set(query.keys()))
      if (!parameters.has(name)) found.push(`the query has "${name}", which is not described`);
    for (const name of required) if (!query.has(name)) found.push(`the query lacks "${name}"`);
    // Much is described as required in requests that HubSpot's own guides leave out.
    if (request !== undefined && operation.request !== undefined)
      found.push(
        ...problems(spec, operation.request, request, 'the request').filter(
          (problem) => !/required property/.test(problem),
        ),
      );
    const schema = answers.get(String(status));
    if (schema !== undefined) found.push(...problems(spec, schema, answer, `the answer (${status})`));
    else if (status < 300 && answers.size > 0) found.push(`the status ${status} is not described`);
    return [...new Set(found)];
  };
}

function problemText({ instancePath, message = 'is wrong', params }: ErrorObject): string {
  const place = instancePath === '' ? '' : ` at ${instancePath.replaceAll(/\/\d+/g, '/*')}`;
  const extra = 'additionalProperty' in params ? ` "${String(params.additionalProperty)}"` : '';
  return `${place} ${message}${extra}`;
}

/** The same schema with no further properties than those that it names, wherever it names any and is whole in itself. */
function closed(schema: object): object {
  return mapObjects(schema, (each) => {
    const { properties, additionalProperties, allOf, example, ...rest } = { ...each } as Record<string, unknown>;
    const open = properties === undefined || additionalProperties !== undefined || allOf !== undefined;
    return {
      ...rest,
      ...(properties !== undefined && { properties }),
      ...(allOf !== undefined && { allOf }),
      ...(open ? additionalProperties !== undefined && { additionalProperties } : { additionalProperties: false }),
    };
  });
}

/** The same for schemas by their names. */
function eachClosed(schemas: object): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, isObject(schema) ? closed(schema) : schema]),
  );
}

function absolute(schema: object, id: string): object {
  return mapObjects(schema, (each) => {
    const { $ref } = { ...each } as Record<string, unknown>;
    return typeof $ref === 'string' && $ref.startsWith('#') ? { $ref: `${id}${$ref}` } : each;
  });
}

/** Every object inside, changed from the inside out; a property that is called like a keyword stays what it is. */
function mapObjects(value: object, change: (object: object) => object, isNames = false): object {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? mapObjects(item, change) : item));
  const mapped = Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const names = !isNames && key === 'properties';
      return [key, isObject(item) ? mapObjects(item, change, names) : item];
    }),
  );
  return isNames ? mapped : change(mapped);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
