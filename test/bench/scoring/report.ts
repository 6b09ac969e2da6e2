import type { Growth } from './growth.ts';

export interface Measured {
  readonly leadsPerSecond: number;
  readonly vsHandWritten: number;
  readonly vsJsonRulesEngine: number;
  readonly criteria: number;
  readonly activitiesPerLead: number;
  readonly handWrittenLeadsPerSecond: number;
  readonly jsonRulesEngineLeadsPerSecond: number;
  readonly growth: readonly Growth[];
}

/** What was measured, for people: the ratios first, then the speeds that they are of. */
export function scoringText(measured: Measured): string {
  const { criteria, activitiesPerLead, growth } = measured;
  const speeds = [
    ['scored from the model', measured.leadsPerSecond],
    ['hand-written code', measured.handWrittenLeadsPerSecond],
    ['json-rules-engine', measured.jsonRulesEngineLeadsPerSecond],
  ] as const;
  return `${[
    `  ${measured.vsHandWritten} times as fast as hand-written code`,
    `  ${measured.vsJsonRulesEngine} times as fast as json-rules-engine`,
    '',
    `  leads a second, with ${criteria} criteria and ${activitiesPerLead} activities a lead`,
    ...speeds.map(([who, speed]) => `    ${who.padEnd(22)} ${grouped(speed)}`),
    '',
    '  leads a second, scored from models of other sizes',
    ...growthLines(growth),
  ].join('\n')}\n`;
}

/** A row for each number of activities, a column for each number of criteria. */
function growthLines(growth: readonly Growth[]): string[] {
  const columns = [...new Set(growth.map(({ criteria }) => criteria))];
  const rows = [...new Set(growth.map(({ activities }) => activities))];
  const speedOf = (row: number, column: number) =>
    growth.find(({ criteria, activities }) => criteria === column && activities === row)?.leadsPerSecond ?? 0;
  return [
    ['', ...columns.map((criteria) => `${criteria} criteria`.padStart(14))],
    ...rows.map((row) => [`${row} activities`, ...columns.map((column) => grouped(speedOf(row, column)))]),
  ].map(([first = '', ...cells]) => `    ${first.padEnd(16)}${cells.join('')}`);
}

function grouped(speed: number): string {
  return speed.toLocaleString('en-US').padStart(14);
}
