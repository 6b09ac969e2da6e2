import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One operation that a folder of OpenAPI files describes. */
export interface Operation {
  /** The file that describes it, below the folder. */
  readonly file: string;
  readonly method: string;
  /** `/crm/objects/2026-09/{objectType}`. */
  readonly template: string;
  /** JSON schemas that refer to `spec`; undefined where none is given. */
  readonly request: object | undefined;
  readonly answers: ReadonlyMap<string, object>;
  /** The names of the parameters of the query that are described, and of those that must be there. */
  readonly parameters: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
  readonly spec: Spec;
}

export interface Spec {
  /** Under which the schemas refer to each other. */
  readonly id: string;
  readonly schemas: object;
}

/** Every operation of all files in the folder and below it that are OpenAPI; betas are left out. */
export function readSpecs(folder: string): Operation[] {
  return jsonFiles(folder)
    .filter((file) => !/-beta\b/.test(file))
    .flatMap((file) => operationsOf(folder, file));
}

function jsonFiles(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below))
    .map((name) => join(below, name))
    .flatMap((name) => {
      if (statSync(join(folder, name)).isDirectory()) return jsonFiles(folder, name);
      return name.endsWith('.json') ? [name] : [];
    })
    .sort();
}

const content = z.record(z.string(), z.looseObject({ schema: z.looseObject({}).optional() }));
const operationSchema = z.looseObject({
  parameters: z
    .array(z.looseObject({ name: z.string().optional(), in: z.string().optional(), required: z.boolean().optional() }))
    .optional(),
  requestBody: z.looseObject({ content: content.optional() }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })).optional(),
});
const specSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.looseObject({}).optional() }).optional(),
});

function operationsOf(folder: string, file: string): Operation[] {
  const parsed = specSchema.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  if (!parsed.success) return [];
  const { paths, components } = parsed.data;
  const spec = { id: `file:///${encodeURIComponent(file)}`, schemas: components?.schemas ?? {} };
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).flatMap(([method, raw]): Operation[] => {
      const operation = operationSchema.safeParse(raw);
      if (!operation.success) return [];
      const { parameters = [], requestBody, responses = {} } = operation.data;
      const query = parameters.filter((parameter) => parameter.in === 'query');
      const answers = Object.entries(responses).flatMap(([status, answer]) => {
        const schema = schemaOf(answer.content);
        return schema === undefined ? [] : [[status, schema] as const];
      });
      return [
        {
          file,
          method: method.toUpperCase(),
          template,
          request: schemaOf(requestBody?.content),
          answers: new Map(answers),
          parameters: new Set(query.flatMap(({ name }) => name ?? [])),
          required: new Set(query.flatMap(({ name, required }) => (required === true ? (name ?? []) : []))),
          spec,
        },
      ];
    }),
  );
}

/** Some bodies are described for any type of content, though all of them are JSON. */
function schemaOf(types: z.output<typeof content> | undefined): object | undefined {
  return (types?.['application/json'] ?? types?.['*/*'])?.schema;
}
