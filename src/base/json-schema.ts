import { z } from 'zod';

/**
 * A schema as editors take it: draft 7, which is what their YAML extensions know, of what people write. Zod leaves out the
 * examples of whatever it transforms, because it takes them for results; ours are all examples of what to write.
 */
export function editorSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  });
}
