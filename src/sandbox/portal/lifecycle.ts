import type { PropertyOption } from './property.ts';
import type { Value } from './record.ts';

/** Stages go forward only, by the order of the property's options; clearing is always allowed. */
export function isForward(
  options: readonly PropertyOption[],
  before: Value | undefined,
  after: Value | undefined,
): boolean {
  if (before === undefined || after === undefined) return true;
  const place = (stage: Value) => options.findIndex((option) => option.value === stage);
  return place(after) > place(before);
}

/** The property that tells when a contact entered a stage. */
export function stageDateOf(stage: string): string {
  return `hs_lifecyclestage_${stage}_date`;
}
