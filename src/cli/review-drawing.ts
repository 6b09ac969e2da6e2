import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/**
 * The drawings of a review are SVG. What was before and what is now are told apart by shape, filling and place and not by colour, for
 * whoever prints them.
 */
export const COLOURS = { ink: '#111', now: '#1f5f8b', mild: '#9cc3e0', paper: '#fff', faint: '#777' };

/** How wide a drawing is before the page makes it fit. */
export const WIDTH = 320;

/** What all drawings have in common. */
export const BASE = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width: WIDTH,
  config: {
    font: 'system-ui, sans-serif',
    axis: {
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      labelColor: COLOURS.ink,
      titleColor: COLOURS.ink,
      gridColor: '#ddd',
    },
    view: { stroke: null },
  },
} as const;

/** The same figures give the same drawing. */
export async function drawn(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    // As wide as the page lets it be, and not as wide as it was drawn.
    return svg.replace(/ width="[\d.]+" height="[\d.]+"/, '');
  } finally {
    view.finalize();
  }
}
