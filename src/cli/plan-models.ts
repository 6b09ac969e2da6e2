import { ConfigError } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import type { Connection } from '../sync/connection.ts';

/** The ids of the models to tell of, the main one first; or the one that was asked for. @throws ConfigError where there is no such model. */
export function mainFirst({ models, mainModel }: Connection, wanted: string | undefined): readonly string[] {
  const ids = models.models.map(({ id }) => id);
  if (wanted === undefined) return [...ids.filter((id) => id === mainModel), ...ids.filter((id) => id !== mainModel)];
  if (!ids.includes(wanted)) throw new ConfigError(`there is no model "${wanted}"${suggestion(wanted, ids)}`);
  return [wanted];
}
