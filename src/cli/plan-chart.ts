import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { HistogramStep } from '../analysis/histogram.ts';

/**
 * The two distributions as an SVG drawing: a line around what the CRM holds now, bars for what it would hold. Told apart by
 * shape and not by colour, for whoever prints it. The same steps give the same drawing.
 */
export async function drawScores(steps: readonly HistogramStep[]): Promise<string> {
  const view = new View(parse(compile(specOf(steps)).spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    // As wide as the page lets it be, and not as wide as it was drawn.
    return svg.replace(/ width="\d+" height="\d+"/, '');
  } finally {
    view.finalize();
  }
}

/** The colours of the drawing and its legend. */
export const COLOURS = { before: '#111', after: '#9cc3e0', edge: '#5b88a8' };

function specOf(all: readonly HistogramStep[]): TopLevelSpec {
  const steps = used(all);
  const bars = steps.map(({ from, to, after }) => ({ from, end: to + 1, leads: after }));
  const last = steps.at(-1);
  // The line ends on the ground, as it begins there.
  const line = [
    { score: steps[0]?.from ?? 0, leads: 0 },
    ...steps.map(({ from, before }) => ({ score: from, leads: before })),
    { score: (last?.to ?? 0) + 1, leads: last?.before ?? 0 },
    { score: (last?.to ?? 0) + 1, leads: 0 },
  ].map((point, order) => ({ ...point, order }));
  const leads = { field: 'leads', type: 'quantitative', title: 'leads' } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 360,
    height: 200,
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar', color: COLOURS.after, stroke: COLOURS.edge, strokeWidth: 0.5, binSpacing: 0 },
        encoding: {
          x: { field: 'from', type: 'quantitative', bin: { binned: true }, title: 'score' },
          x2: { field: 'end' },
          y: leads,
        },
      },
      {
        data: { values: line },
        mark: { type: 'line', interpolate: 'step-after', color: COLOURS.before, strokeWidth: 2 },
        encoding: {
          x: { field: 'score', type: 'quantitative' },
          y: leads,
          order: { field: 'order', type: 'quantitative' },
        },
      },
    ],
    config: {
      font: 'system-ui, sans-serif',
      axis: { labelFontSize: 13, titleFontSize: 13, titleFontWeight: 'normal', format: ',d', tickMinStep: 1 },
      view: { stroke: null },
    },
  };
}

/** Without the empty steps at both ends, which would press the others together. */
function used(steps: readonly HistogramStep[]): readonly HistogramStep[] {
  const isUsed = ({ before, after }: HistogramStep) => before > 0 || after > 0;
  const first = steps.findIndex(isUsed);
  return first === -1 ? steps : steps.slice(first, steps.findLastIndex(isUsed) + 1);
}
