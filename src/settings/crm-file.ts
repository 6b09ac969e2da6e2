import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { ConfigError } from '../base/errors.ts';
import { championIds, type OutputModel } from '../crm/outputs/output-model.ts';
import { outputModels } from '../crm/outputs/output-models.ts';
import type { Role } from '../crm/role.ts';
import type { ModelSet } from '../scoring/model-set.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** What `config/` says of a CRM, with its places in the file. */
export interface CrmFile<C> extends YamlFile<C> {
  /** The id of the model with which the lifecycle stage goes. */
  readonly mainModel: string;
}

/** How one CRM's file is read. */
export interface CrmParts<C> {
  /** Its name in the folder. */
  readonly file: string;
  readonly schema: z.ZodType<C>;
  /** In what the naming of the outputs makes no sense, once the models are known. */
  problems(config: C, models: readonly OutputModel[]): readonly OutputsProblem[];
  mainModel(config: C, ids: readonly string[]): string | undefined;
}

interface OutputsProblem {
  readonly path: readonly string[];
  readonly atKey: boolean;
  readonly message: string;
}

/** Undefined where there is no such file, or it says that the CRM is off. @throws ConfigError with all that is wrong with it. */
export function readCrmFile<C extends { readonly role: Role }>(
  dir: string,
  { file, schema }: CrmParts<C>,
): YamlFile<C> | undefined {
  const path = join(dir, file);
  if (!existsSync(path)) return undefined;
  const read = readYaml(path, schema);
  return read.value.role === 'off' ? undefined : read;
}

/** Finds a place for what each model writes. @throws ConfigError where there is none. */
export function nameOutputs<C extends { readonly model_outputs: Readonly<Record<string, unknown>> }>(
  file: YamlFile<C>,
  { problems, mainModel }: CrmParts<C>,
  set: ModelSet,
): CrmFile<C> {
  const models = outputModels(set, file.value);
  const wrong = problems(file.value, models);
  const main = mainModel(file.value, championIds(models));
  if (wrong.length > 0 || main === undefined) {
    throw new ConfigError(
      wrong.map(({ path, atKey, message }) => ({ ...(atKey ? file.locateKey : file.locate)(path), message })),
    );
  }
  return { ...file, mainModel: main };
}
