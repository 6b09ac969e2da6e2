import type { z } from 'zod';

/** Says what a key of the model is for, with an example or more: editors show both where somebody writes the key. */
export function key<Schema extends z.ZodType>(schema: Schema, description: string, ...examples: unknown[]): Schema {
  return schema.meta({ description, examples });
}
