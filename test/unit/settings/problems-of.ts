import type { z } from 'zod';
import { ConfigError } from '../../../src/base/errors.ts';
import { checkYaml } from '../../../src/settings/yaml-file.ts';

/** Every problem of a text in a file named `f`, a line each as people see it; none for a text that fits. */
export function problemsOf(text: string, schema: z.ZodType): string[] {
  try {
    checkYaml(text, 'f', schema);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}
