/** The stages of the pipeline that every portal begins with, in their order. */
export const DEAL_STAGES = [
  'appointmentscheduled',
  'qualifiedtobuy',
  'presentationscheduled',
  'decisionmakerboughtin',
  'contractsent',
  'closedwon',
  'closedlost',
] as const;

export type DealStage = (typeof DEAL_STAGES)[number];

export function isClosed(stage: unknown): boolean {
  return stage === 'closedwon' || stage === 'closedlost';
}
