import type { Stage } from '../crm.ts';
import type { SalesforceConfig } from './config.ts';
import { textOf } from './outputs.ts';

export type Lifecycle = Exclude<SalesforceConfig['lifecycle'], 'off'>;

/**
 * Where a person stands by the value of the stage field. A stage that config does not list (any more) counts as beyond MQL: nobody
 * is moved out of a stage we do not know.
 */
export function stageOf({ stages, mql }: Lifecycle, value: unknown): Stage {
  const stage = textOf(value);
  if (stage === undefined) return 'before-mql';
  if (stage === mql) return 'mql';
  const place = stages.indexOf(stage);
  return place !== -1 && place < stages.indexOf(mql) ? 'before-mql' : 'beyond-mql';
}

/** Whether the stage stands before that of a lead; undefined where config names none. No stage yet is one before. */
export function isBeforeLead({ stages, lead }: Lifecycle, value: unknown): boolean | undefined {
  if (lead === undefined) return undefined;
  const stage = textOf(value);
  if (stage === undefined) return true;
  const place = stages.indexOf(stage);
  return place !== -1 && place < stages.indexOf(lead);
}

/** The stage of a lead that sales gave back; undefined where stages are left alone, or none stands before MQL. */
export function recycledStage({ lifecycle }: Pick<SalesforceConfig, 'lifecycle'>): string | undefined {
  if (lifecycle === 'off') return undefined;
  return lifecycle.stages[lifecycle.stages.indexOf(lifecycle.mql) - 1];
}
