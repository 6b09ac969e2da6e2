import type { z } from 'zod';
import { editorSchema } from '../base/json-schema.ts';
import { hubspotConfigSchema } from '../crm/hubspot/config.ts';
import { salesforceConfigSchema } from '../crm/salesforce/config.ts';
import { titlesSchema } from '../leads/titles.ts';
import { modelSchema } from '../scoring/model-schema.ts';
import { salesSchema } from './sales-schema.ts';
import { schedulesSchema } from './schedules.ts';

/** What editors check the files of `config/` against, by the name of the file in `schema/`. */
export function jsonSchemas(): Record<string, string> {
  return {
    'hubspot.schema.json': draft7(hubspotConfigSchema),
    'salesforce.schema.json': draft7(salesforceConfigSchema),
    'model.schema.json': draft7(modelSchema),
    'sales.schema.json': draft7(salesSchema),
    'schedules.schema.json': draft7(schedulesSchema),
    'titles.schema.json': draft7(titlesSchema),
  };
}

function draft7(schema: z.ZodType): string {
  return `${JSON.stringify(editorSchema(schema), undefined, 2)}\n`;
}
