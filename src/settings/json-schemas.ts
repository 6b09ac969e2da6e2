import { z } from 'zod';
import { hubspotConfigSchema } from '../crm/hubspot/config.ts';
import { modelSchema } from '../scoring/model-schema.ts';
import { schedulesSchema } from './schedules.ts';

/** What editors check the files of `config/` against, by the name of the file in `schema/`. */
export function jsonSchemas(): Record<string, string> {
  return {
    'hubspot.schema.json': draft7(hubspotConfigSchema),
    'model.schema.json': draft7(modelSchema),
    'schedules.schema.json': draft7(schedulesSchema),
  };
}

/** Draft 7 is what the YAML extensions of editors know; the input side is what people write. */
function draft7(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), undefined, 2)}\n`;
}
