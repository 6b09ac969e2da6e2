import { z } from 'zod';
import type { Path } from './yaml-locate.ts';

/** The keys that an object may have by its schema; none where it is no object, or may have any. */
export function keysOf(schema: unknown): readonly string[] {
  return plainSchemas(schema).flatMap((one) => {
    if (one instanceof z.ZodObject) return Object.keys(one.shape);
    if (one instanceof z.ZodRecord && one.keyType instanceof z.ZodEnum) return one.keyType.options.map(String);
    return [];
  });
}

/** An example of what may stand at a path, where the schema has one. */
export function exampleAt(schema: unknown, path: Path): unknown {
  const found = schemaAt(schema, path);
  for (const one of [found, ...plainSchemas(found)]) {
    const examples = one instanceof z.ZodType ? one.meta()?.examples : undefined;
    if (Array.isArray(examples) && examples.length > 0) return examples[0];
  }
  return undefined;
}

/** Where a key would be known that is not known at `path`: a step further in, or somewhere further out. */
export function homeOf(schema: unknown, path: Path, key: string): Home | undefined {
  const here = schemaAt(schema, path);
  for (const name of keysOf(here)) {
    const inner = schemaAt(here, [name]);
    const [list] = plainSchemas(inner).filter((one) => one instanceof z.ZodArray);
    if (keysOf(list?.element ?? inner).includes(key)) return { path: [...path, name], inList: list !== undefined };
  }
  for (let length = path.length - 1; length >= 0; length--) {
    const outer = path.slice(0, length);
    if (keysOf(schemaAt(schema, outer)).includes(key)) return { path: outer, inList: false };
  }
  return undefined;
}

export interface Home {
  readonly path: Path;
  /** An entry of the list at the path, rather than what is at the path itself. */
  readonly inList: boolean;
}

function schemaAt(schema: unknown, path: Path): unknown {
  let at = schema;
  for (const segment of path) {
    at = plainSchemas(at)
      .map((one) => childOf(one, segment))
      .find((child) => child !== undefined);
  }
  return at;
}

function childOf(schema: unknown, segment: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) {
    const name = String(segment);
    return Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
  }
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

/** What a schema is without "may be left out" and the like; all of its forms where it has several. */
function plainSchemas(schema: unknown): unknown[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodLazy
  ) {
    return plainSchemas(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return plainSchemas(schema.in);
  return schema instanceof z.ZodUnion ? schema.options.flatMap(plainSchemas) : [schema];
}
