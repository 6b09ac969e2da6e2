import { percentText, wholeText } from '../analysis/number-text.ts';
import type { Drift } from '../analysis/review/drift.ts';
import { Html, html } from './plan-html.ts';
import { COLOURS } from './review-drawing.ts';

/** A figure of the page, with its place in the JSON: `figure('leads.now', '1,200')`. */
export function figure(place: string, text: string): Html {
  return html`<span data-figure="${place}">${text}</span>`;
}

/** Figures of one part of the JSON, by their kind. */
export const whole = (place: string, value: number) => figure(place, wholeText(value));
export const percent = (place: string, share: number) => figure(place, percentText(share));
export const decimals = (place: string, value: number, digits: number) => figure(place, value.toFixed(digits));

export interface TableOptions {
  /** The first is that of the rows' names. */
  readonly head: readonly (string | Html)[];
  readonly rows: readonly Html[];
}

/** More figures than this in a row leave no room for its name beside them on a phone: there it stands above them. */
const MOST_BESIDE = 3;

export function tableOf({ head, rows }: TableOptions): Html {
  const figures = head.length - 1;
  const broad = figures > MOST_BESIDE ? html` class="broad" style="--figures: ${figures}"` : undefined;
  return html`<div class="wide"><table${broad}><thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** A row that begins with its name. */
export function rowOf(name: string | Html, cells: readonly (string | Html | undefined)[]): Html {
  return html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`;
}

/** A cell of words among those of figures. */
export function words(text: string | Html, isLoud: boolean): Html {
  return isLoud ? html`<b class="words">${text}</b>` : html`<span class="words">${text}</span>`;
}

/** A drawing with what its shapes mean. */
export function drawing(svg: string, label: string, legend: readonly (string | Html)[]): Html {
  const marked = svg.replace('<svg ', `<svg role="img" aria-label="${label}" `);
  return html`<figure>
${new Html(marked)}
<figcaption>${legend.map((each) => html`<span class="key">${each}</span> `)}</figcaption>
</figure>`;
}

export type Swatch = 'line' | 'bar' | 'empty' | 'mild' | 'dot' | 'square' | 'mark';

/** A small picture of a shape that a drawing uses. */
export function swatch(kind: Swatch): Html {
  const { ink, now, mild, paper } = COLOURS;
  const box = (fill: string) => html`<rect x="1" y="2" width="22" height="10" fill="${fill}" stroke="${ink}"/>`;
  const shapes: Readonly<Record<Swatch, () => Html>> = {
    line: () => html`<path d="M1 13V4h12v6h10v3" fill="none" stroke="${ink}" stroke-width="2"/>`,
    bar: () => box(now),
    mild: () => box(mild),
    empty: () => box(paper),
    dot: () =>
      html`<path d="M12 0v14" stroke="${ink}" stroke-width="2"/><circle cx="12" cy="7" r="4.5" fill="${now}" stroke="${ink}"/>`,
    square: () =>
      html`<path d="M12 0v14" stroke="${ink}" stroke-width="2" stroke-dasharray="2 2"/><rect x="8" y="3" width="8" height="8" fill="${paper}" stroke="${ink}"/>`,
    mark: () => html`<path d="M12 0v14" stroke="${ink}" stroke-dasharray="4 3"/>`,
  };
  return html`<svg class="swatch" viewBox="0 0 24 14" aria-hidden="true">${shapes[kind]()}</svg>`;
}

/** What a figure was made of, folded away. @param place that of the drift in the JSON. */
export function partsTable(place: string, { parts }: Drift, head: string): Html {
  const all = (when: 'earlier' | 'now') =>
    Math.max(
      parts.reduce((sum, part) => sum + part[when], 0),
      1,
    );
  const cell = (at: number, when: 'earlier' | 'now', leads: number) =>
    html`${whole(`${place}.parts.${at}.${when}`, leads)} <span class="share">${percentText(leads / all(when))}</span>`;
  const rows = parts.map(({ label, earlier, now }, at) =>
    rowOf(label, [cell(at, 'earlier', earlier), cell(at, 'now', now)]),
  );
  return tableOf({ head: [head, 'before', 'now'], rows });
}
