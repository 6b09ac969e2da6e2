import type { Review } from '../analysis/review/review.ts';
import { Html, html } from './plan-html.ts';
import { STYLE } from './plan-page-style.ts';
import { activitySection, criteriaSection, inputSection, scoreSection } from './review-page-drift.ts';
import { challengeSection, conversionSection, suggestSection } from './review-page-outcomes.ts';
import { whole } from './review-page-parts.ts';
import { ownerSection, salesSection, volumeSection } from './review-page-sales.ts';
import { dayText, periodSentence } from './review-words.ts';

/**
 * The review as one page that needs nothing else: to be sent, read on a phone, and printed. It names no lead. Each figure says in
 * `data-figure` where it stands in the JSON.
 */
export async function reviewPage(review: Review): Promise<string> {
  const { name, version, at, findings, warnings, newLeads, mqls, leads, salesSay } = review;
  const title = `Review: ${name}, ${dayText(at)}`;
  const sections = [
    await conversionSection(review),
    await volumeSection(review),
    ownerSection(review),
    salesSection(review),
    await scoreSection(review),
    await inputSection(review),
    activitySection(review),
    criteriaSection(review),
    suggestSection(review),
    challengeSection(review),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Html(STYLE + OWN_STYLE)}</style>
</head>
<body>
<main>
<p class="quiet">leadgauge review, ${review.connection}, ${dayText(at)}</p>
<h1>${name}</h1>
<p class="quiet">version ${version}. ${periodSentence(review)}</p>
<dl>
${tile('leads', 'leads', leads)}
${tile('new leads', 'newLeads', newLeads)}
${tile('came to be MQLs', 'mqls', mqls)}
<div><dt>rejected by sales</dt><dd>${whole('salesSay.rejected', salesSay.rejected)}</dd><dd class="quiet">of ${whole('salesSay.passed', salesSay.passed)} passed on</dd></div>
</dl>
<h2>What to look into</h2>
${findings.length === 0 ? html`<p>Nothing stands out: the model does what it did before.</p>` : html`<ol class="findings">${findings.map((text) => html`<li>${text}</li>\n`)}</ol>`}
${sections.map((section) => (section === undefined ? undefined : html`<div class="part">${section}</div>\n`))}
${warnings.length === 0 ? undefined : html`<div class="part"><h2>What to bear in mind</h2><ul>${warnings.map((text) => html`<li>${text}</li>\n`)}</ul></div>`}
</main>
</body>
</html>
`.text;
}

function tile(
  label: string,
  place: string,
  { earlier, now }: { readonly earlier: number; readonly now: number },
): Html {
  return html`<div><dt>${label}</dt><dd>${whole(`${place}.now`, now)}</dd><dd class="quiet">${whole(`${place}.earlier`, earlier)} before</dd></div>`;
}

const OWN_STYLE = `
.words { white-space: normal; display: inline-block; min-width: 5.5rem; max-width: 16rem; overflow-wrap: anywhere; }
td:has(.words), th:has(.words) { text-align: left; }
thead th { white-space: normal; vertical-align: bottom; }
thead th:first-child { font-weight: bold; }
.wide { margin: .5rem 0 1rem; }
.wide .quiet { font-size: inherit; }
figure > svg { max-width: 32rem; }
.findings { border: 2px solid #111; margin: .5rem 0; padding: .4rem .6rem .4rem 2rem; }
.findings li { margin: .25rem 0; overflow-wrap: anywhere; }
.key { display: inline-block; margin-right: 1rem; }
@media (max-width: 36rem) {
  dl { grid-template-columns: 1fr 1fr; }
  td { white-space: normal; }
  td .share { white-space: nowrap; }
  .words { min-width: 4rem; }
  .key { margin-right: .5rem; }
  tbody th { overflow-wrap: anywhere; }
  .broad { display: grid; grid-template-columns: repeat(var(--figures), auto); }
  .broad .words { min-width: 6.5rem; }
  .broad :is(thead, tbody, tr) { display: contents; }
  .broad thead th { align-content: end; }
  .broad tbody th { border: 0; padding-bottom: 0; }
  .broad :is(tbody th, thead th:first-child) { grid-column: 1 / -1; max-width: none; }
  .broad thead th:first-child { border: 0; padding-bottom: 0; }
}
@media print {
  .part { break-inside: auto; }
  .part p { break-inside: avoid; }
  .part h2 + p:not(:last-child), .part h2 + p + p:not(:last-child) { break-after: avoid; }
  figure > svg { max-width: 26rem; }
  tbody th { position: static; }
  details { display: none; }
}
`;
