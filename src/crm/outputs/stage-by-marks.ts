import type { Outputs, Stage } from '../crm.ts';

/** Where somebody stands by our own marks alone: with sales once passed on to them, until given back. */
export function stageByMarks({ mqlAt, recycledAt = 0 }: Partial<Outputs> = {}): Stage {
  return mqlAt === undefined || recycledAt > mqlAt ? 'before-mql' : 'mql';
}
