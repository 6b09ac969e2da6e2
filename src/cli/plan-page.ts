import type { ModelReport } from '../analysis/model-report.ts';
import { COLOURS, drawScores } from './plan-chart.ts';
import { Html, html } from './plan-html.ts';
import { STYLE } from './plan-page-style.ts';
import { causeTable, gradeTable, idleLists, stepTable } from './plan-page-tables.ts';
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
import { timeText } from './print.ts';

/** The plan as one page that needs nothing else: to be sent, read on a phone, and printed. It names no lead. */
export async function planPage({ at, sampleOf, models, holdouts = [] }: PlanReport): Promise<string> {
  const blocks: Html[] = [];
  for (const report of models) blocks.push(await modelBlock(report, report.name, sampleOf));
  for (const report of holdouts) blocks.push(await modelBlock(report, holdoutHeading(report), sampleOf));
  const title = `Plan: ${models.map(({ name }) => name).join(', ')}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<p class="quiet">leadgauge plan, ${timeText(at)}. Nothing has been written.</p>
${blocks}
<p class="quiet">“Now” is what the CRM holds; “then” is what it would hold. A lead changes when its score, grade, reasons, flags,
persona or readiness for sales do. <code>leadgauge apply</code> writes this.</p>
</main>
</body>
</html>
`.text;
}

async function modelBlock(report: ModelReport, title: string, sampleOf: number | undefined): Promise<Html> {
  const drawing = new Html(await drawScores(report.scores));
  const few = fewSentence(report);
  const sentences = [
    ...scoreSentences(report),
    mqlSentence(report),
    disqualifiedSentence(report),
    promotionSentence(report),
    routeSentence(report),
  ];
  return html`
<section>
<h1>${title}</h1>
<p class="quiet">version ${report.version}, on ${lookedAt(report.leads, sampleOf)}</p>
${few === undefined ? undefined : html`<p class="loud">! ${few}.</p>`}
<dl>
${tile('change', report.changed)}
${tile('rise', report.up)}
${tile('fall', report.down)}
${report.leaving === 0 ? undefined : tile("no longer the model's", report.leaving)}
${tile('come into MQL', report.intoMql)}
${tile('go out of MQL', report.outOfMql)}
${tile('meet the gates', report.mql.after, `${number(report.mql.before)} now`)}
</dl>
${sentences.filter((text) => text !== undefined).map((text) => html`<p>${text}</p>\n`)}
<h2>Scores before and after</h2>
<figure>
${drawing}
<figcaption>${swatch('line')} now (${number(scored(report, 'before'))} leads) &emsp; ${swatch('bar')} then (${number(scored(report, 'after'))} leads)</figcaption>
</figure>
${stepTable(report)}
${gradeTable(report)}
${causeTable(report)}
${idleLists(report)}
</section>
`;
}

function tile(label: string, value: number, note?: string): Html {
  return html`<div><dt>${label}</dt><dd>${number(value)}</dd>${note === undefined ? undefined : html`<dd class="quiet">${note}</dd>`}</div>`;
}

function swatch(kind: 'line' | 'bar'): Html {
  const shape =
    kind === 'line'
      ? html`<path d="M1 13V4h12v6h10v3" fill="none" stroke="${COLOURS.before}" stroke-width="2"/>`
      : html`<rect x="1" y="3" width="22" height="10" fill="${COLOURS.after}" stroke="${COLOURS.edge}"/>`;
  return html`<svg class="swatch" viewBox="0 0 24 14" aria-hidden="true">${shape}</svg>`;
}

const scored = ({ scores }: ModelReport, when: 'before' | 'after') => scores.reduce((sum, step) => sum + step[when], 0);
