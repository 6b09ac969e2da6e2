import type { InputDrift } from '../analysis/review/input-drift.ts';
import type { ScoreStep } from '../analysis/review/score-spread.ts';
import { PSI_MARKS } from '../analysis/statistics/psi.ts';
import { BASE, COLOURS, drawn, WIDTH } from './review-drawing.ts';

/** How scores spread: bars of what is now, a line around what was before, both as shares of their leads. */
export async function drawSpread(all: readonly ScoreStep[]): Promise<string> {
  const sum = (when: 'earlier' | 'now') => all.reduce((total, step) => total + step[when], 0);
  const steps = used(all);
  const share = (step: ScoreStep, when: 'earlier' | 'now') => step[when] / Math.max(sum(when), 1);
  const bars = steps.map((step) => ({ from: step.from, end: step.to + 1, share: share(step, 'now') }));
  const [first, last] = [steps[0], steps.at(-1)];
  const end = (last?.to ?? 0) + 1;
  // The line ends on the ground, as it begins there.
  const line = [
    { score: first?.from ?? 0, share: 0 },
    ...steps.map((step) => ({ score: step.from, share: share(step, 'earlier') })),
    { score: end, share: last === undefined ? 0 : share(last, 'earlier') },
    { score: end, share: 0 },
  ].map((point, order) => ({ ...point, order }));
  const y = {
    field: 'share',
    type: 'quantitative',
    title: 'share of new leads',
    axis: { format: '.0%', tickCount: 5 },
  } as const;
  return drawn({
    ...BASE,
    height: 180,
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar', color: COLOURS.mild, stroke: COLOURS.faint, strokeWidth: 0.5, binSpacing: 0 },
        encoding: {
          x: {
            field: 'from',
            type: 'quantitative',
            bin: { binned: true },
            title: 'score',
            axis: { format: ',d', labelFlush: false },
          },
          x2: { field: 'end' },
          y,
        },
      },
      {
        data: { values: line },
        mark: { type: 'line', interpolate: 'step-after', color: COLOURS.ink, strokeWidth: 2 },
        encoding: {
          x: { field: 'score', type: 'quantitative' },
          y,
          order: { field: 'order', type: 'quantitative' },
        },
      },
    ],
  });
}

/** Without the empty steps at both ends, which would press the others together. */
function used(steps: readonly ScoreStep[]): readonly ScoreStep[] {
  const isUsed = ({ earlier, now }: ScoreStep) => earlier > 0 || now > 0;
  const first = steps.findIndex(isUsed);
  return first === -1 ? steps : steps.slice(first, steps.findLastIndex(isUsed) + 1);
}

/** One bar for each, with the two marks; what may be chance is empty. */
export async function drawDrift(inputs: readonly InputDrift[]): Promise<string> {
  const values = inputs.map(({ name, psi = 0, word }) => ({ name, psi, word, label: psi.toFixed(2) }));
  const top = Math.max(...values.map(({ psi }) => psi), PSI_MARKS.muchShifted);
  const y = {
    field: 'name',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { labelLimit: 210, ticks: false, domain: false },
  } as const;
  const x = {
    field: 'psi',
    type: 'quantitative',
    title: 'drift (PSI)',
    scale: { domain: [0, top * 1.18] as number[] },
    axis: { tickCount: 5, labelFlush: false },
  } as const;
  return drawn({
    ...BASE,
    width: WIDTH - 100,
    height: { step: 24 },
    layer: [
      {
        data: { values: [{ psi: PSI_MARKS.shifted }, { psi: PSI_MARKS.muchShifted }] },
        mark: { type: 'rule', strokeDash: [4, 3], color: COLOURS.ink },
        encoding: { x },
      },
      {
        data: { values },
        mark: { type: 'bar', stroke: COLOURS.ink, strokeWidth: 1, height: 14 },
        encoding: {
          y,
          x,
          fill: {
            field: 'word',
            type: 'nominal',
            legend: null,
            scale: {
              domain: ['steady', 'may be chance', 'too few leads', 'shifted', 'much shifted'],
              range: [COLOURS.paper, COLOURS.paper, COLOURS.paper, COLOURS.mild, COLOURS.now],
            },
          },
        },
      },
      {
        // What keeps the marks off the figures.
        data: { values },
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 12, stroke: COLOURS.paper, strokeWidth: 5 },
        encoding: { y, x, text: { field: 'label' } },
      },
      {
        data: { values },
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 12, color: COLOURS.ink },
        encoding: { y, x, text: { field: 'label' } },
      },
    ],
  });
}
