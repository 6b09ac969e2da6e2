import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type PlainModel, plainModelSchema } from '../analysis/questions/plain-model.ts';
import { ConfigError } from '../base/errors.ts';
import { namesIn } from '../settings/folder.ts';
import type { Settings } from '../settings/settings.ts';

/** A model word for word as its file has it, which was found sound before: one of config by its id, or that of a file. */
export function plainModel({ environment }: Settings, id: string, file: string | undefined): PlainModel {
  if (file !== undefined) return plainModelSchema.parse(parse(readFileSync(file, 'utf8')));
  const dir = join(environment.configDir, 'models');
  for (const name of namesIn(dir, /^[^.].*\.ya?ml$/)) {
    const value: unknown = parse(readFileSync(join(dir, name), 'utf8'));
    if (typeof value === 'object' && value !== null && 'model' in value && value.model === id) {
      return plainModelSchema.parse(value);
    }
  }
  throw new ConfigError(`the model ${id} has just been taken out of config`);
}
