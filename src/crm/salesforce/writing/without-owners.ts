import type { RowUpdate } from './row-update.ts';
import type { Attempt } from './update-and-read.ts';
import type { WriteContext } from './write-context.ts';

/** An owner may have left since: that is no reason to keep the score from the record. */
export function withoutOwners({ log }: WriteContext, attempts: readonly Attempt[]): RowUpdate[] {
  if (attempts.length === 0) return [];
  log?.warn(
    'Salesforce refused records with a new owner, who may have left: they are written without. Look at tasks.owners in config',
    { leads: attempts.length },
  );
  return attempts.map(({ update }) => {
    const { OwnerId: _, ...fields } = update.fields;
    return { ...update, fields };
  });
}
