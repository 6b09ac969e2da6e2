import { causesOf, gradeMoves } from '../analysis/causes.ts';
import { type ModelReport, NEARLY_EVERYONE } from '../analysis/model-report.ts';
import type { Io } from './io.ts';
import {
  disqualifiedSentence,
  fewSentence,
  holdoutHeading,
  lookedAt,
  mqlSentence,
  number,
  type PlanReport,
  promotionSentence,
  routeSentence,
  scoreSentences,
} from './plan-words.ts';
import { fold, paint, table } from './print.ts';

/** The plan for a person at a terminal: short sentences and two tables, within 80 columns. */
export function planText({ models, holdouts = [], sampleOf }: PlanReport, io: Pick<Io, 'colour'>): string[] {
  const blocks = [
    ...models.map((report) => ({ report, title: report.name })),
    ...holdouts.map((report) => ({ report, title: holdoutHeading(report) })),
  ];
  return blocks.flatMap(({ report, title }, index) => [
    ...(index > 0 ? [''] : []),
    paint(io, 'bold', fold(`${title}, version ${report.version}, on ${lookedAt(report.leads, sampleOf)}`, 0)),
    ...modelText(report, io),
  ]);
}

function modelText(report: ModelReport, io: Pick<Io, 'colour'>): string[] {
  const heading = (text: string) => ['', paint(io, 'bold', text)];
  const sentences = [
    ...scoreSentences(report),
    mqlSentence(report),
    disqualifiedSentence(report) ?? '',
    promotionSentence(report),
    routeSentence(report) ?? '',
  ];
  const moves = moveLines(report);
  const causes = causeLines(report);
  const few = fewSentence(report);
  return [
    ...(few === undefined ? [] : [paint(io, 'yellow', fold(`! ${few}`, 0))]),
    ...sentences.filter((text) => text !== '').map((text) => fold(text, 0)),
    ...(moves.length === 0 ? [] : [...heading('Grades that move'), ...moves]),
    ...(causes.length === 0 ? [] : [...heading('What causes it'), ...causes]),
    ...idleLines(report),
  ];
}

const MOST_MOVES = 10;

function moveLines(report: ModelReport): string[] {
  const moves = gradeMoves(report);
  const rows = moves
    .slice(0, MOST_MOVES)
    .map(({ from, to, leads }) => [`  ${from} to ${to}`, number(leads).padStart(9)]);
  return [...table(rows), ...more(moves.length - MOST_MOVES, 'move')];
}

const MOST_CAUSES = 15;
const LABEL = 36;

function causeLines(report: ModelReport): string[] {
  const causes = causesOf(report);
  if (causes.length === 0) return [];
  const head = ['', 'leads', 'up', 'down', 'points'];
  const rows = causes
    .slice(0, MOST_CAUSES)
    .map(({ label, kind, changed, up, down, points }) => [
      `  ${short(label, kind === 'removed' ? ' (removed)' : '')}`,
      number(changed),
      number(up),
      number(down),
      `${points > 0 ? '+' : ''}${number(points)}`,
    ]);
  return [...rightAligned([head, ...rows]), ...more(causes.length - MOST_CAUSES, 'line')];
}

function idleLines({ criteria, never, nearlyEveryone }: ModelReport): string[] {
  const share = (id: string) => criteria.find((criterion) => criterion.id === id)?.share ?? 0;
  const name = (id: string) => criteria.find((criterion) => criterion.id === id)?.label ?? id;
  const percent = (id: string) => `${name(id)} (${Math.floor(share(id) * 100)}%)`;
  return [
    ...(never.length === 0 ? [] : ['', fold(`Hold for nobody: ${never.map(name).join(', ')}.`, 0)]),
    ...(nearlyEveryone.length === 0
      ? []
      : ['', fold(`Hold for ${NEARLY_EVERYONE * 100}% or more: ${nearlyEveryone.map(percent).join(', ')}.`, 0)]),
  ];
}

function more(count: number, thing: string): string[] {
  return count <= 0 ? [] : [`  and ${number(count)} more ${thing}${count === 1 ? '' : 's'}: see --json or --html`];
}

function short(label: string, mark: string): string {
  const room = LABEL - mark.length;
  return (label.length <= room ? label : `${label.slice(0, room - 1)}…`) + mark;
}

/** Numbers stand under numbers; the first column is text. */
function rightAligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0))) ?? [];
  return table(rows.map((row) => row.map((cell, place) => (place === 0 ? cell : cell.padStart(widths[place] ?? 0)))));
}
