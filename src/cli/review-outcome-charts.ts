import type { ConversionChange } from '../analysis/review/conversion-change.ts';
import type { Review } from '../analysis/review/review.ts';
import { BASE, COLOURS, drawn } from './review-drawing.ts';
import { bandLabel, dayText } from './review-words.ts';

/** How often leads bought by score, the lowest scores at the left, with where each rate lies. */
export async function drawConversion({ bands }: Pick<ConversionChange, 'bands'>): Promise<string> {
  const ascending = bands.toReversed();
  const values = ascending.flatMap(({ from, earlier, now }, place) => {
    const label = bandLabel(from, ascending[place + 1]?.from, place === 0);
    return [
      { label, when: 'earlier', ...earlier },
      { label, when: 'now', ...now },
    ].filter(({ leads }) => leads > 0);
  });
  const x = {
    field: 'label',
    type: 'nominal',
    sort: null,
    title: 'score',
    // Without a screen letters are taken for wider than they are: slanted, that leaves a gap above the title.
    axis: values.length > 8 ? { labelAngle: -45, titlePadding: -8 } : { labelAngle: 0 },
    scale: { paddingInner: 0.3 },
  } as const;
  const xOffset = { field: 'when', type: 'nominal', sort: ['earlier', 'now'] } as const;
  const axis = { format: '.0%', tickCount: 5 } as const;
  return drawn({
    ...BASE,
    height: 200,
    data: { values },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2, color: COLOURS.ink },
        encoding: {
          x,
          xOffset,
          y: { field: 'low', type: 'quantitative', title: 'share that bought', axis },
          y2: { field: 'high' },
          strokeDash: {
            field: 'when',
            type: 'nominal',
            legend: null,
            scale: {
              domain: ['earlier', 'now'],
              range: [
                [3, 3],
                [1, 0],
              ],
            },
          },
        },
      },
      {
        mark: { type: 'point', size: 70, stroke: COLOURS.ink, strokeWidth: 1.5, opacity: 1 },
        encoding: {
          x,
          xOffset,
          y: { field: 'conversion', type: 'quantitative' },
          shape: {
            field: 'when',
            type: 'nominal',
            legend: null,
            scale: { domain: ['earlier', 'now'], range: ['square', 'circle'] },
          },
          fill: {
            field: 'when',
            type: 'nominal',
            legend: null,
            scale: { domain: ['earlier', 'now'], range: [COLOURS.paper, COLOURS.now] },
          },
        },
      },
    ],
  });
}

/** A bar for each week, those of the period before empty. */
export async function drawWeeks({
  mqls,
  weekBegins,
  weeks,
}: Pick<Review, 'mqls' | 'weekBegins' | 'weeks'>): Promise<string> {
  const values = mqls.byWeek.map((leads, week) => ({
    week: dayText(weekBegins[week] ?? '', false),
    leads,
    when: week < weeks ? 'earlier' : 'now',
  }));
  const every = Math.max(1, Math.ceil(values.length / 6));
  const shown = values.flatMap(({ week }, place) => (place % every === 0 ? [week] : []));
  return drawn({
    ...BASE,
    height: 140,
    data: { values },
    mark: { type: 'bar', stroke: COLOURS.ink, strokeWidth: 1 },
    encoding: {
      x: {
        field: 'week',
        type: 'nominal',
        sort: null,
        title: 'week from',
        axis: { values: shown, labelAngle: 0, labelOverlap: false },
      },
      y: { field: 'leads', type: 'quantitative', title: 'MQLs', axis: { format: ',d', tickMinStep: 1, tickCount: 5 } },
      fill: {
        field: 'when',
        type: 'nominal',
        legend: null,
        scale: { domain: ['earlier', 'now'], range: [COLOURS.paper, COLOURS.now] },
      },
    },
  });
}
