import { causesOf } from '../analysis/causes.ts';
import { type CriterionReport, type ModelReport, NEARLY_EVERYONE } from '../analysis/model-report.ts';
import { type Html, html } from './plan-html.ts';
import { number } from './plan-words.ts';

/** The numbers of the drawing, for who cannot see it. */
export function stepTable({ scores }: ModelReport): Html {
  const rows = scores.map(
    ({ from, to, before, after }) =>
      html`<tr><th scope="row">${from} to ${to}</th><td>${number(before)}</td><td>${number(after)}</td></tr>\n`,
  );
  return html`<details><summary>The numbers of this drawing</summary>
<div class="wide"><table><thead><tr><th scope="col">score</th><th scope="col">leads now</th><th scope="col">leads then</th></tr></thead>
<tbody>${rows}</tbody></table></div></details>`;
}

/** From the grade of each row to that of each column. */
export function gradeTable({ grades }: ModelReport): Html {
  const from = Object.keys(grades);
  if (from.length === 0) return html`<h2>Grades that move</h2><p>None.</p>`;
  const to = [...new Set(Object.values(grades).flatMap((moves) => Object.keys(moves)))].sort();
  const rows = from.map((grade) => {
    const cells = to.map((target) => {
      const leads = grades[grade]?.[target];
      return html`<td>${leads === undefined ? '' : number(leads)}</td>`;
    });
    return html`<tr><th scope="row">${grade}</th>${cells}</tr>\n`;
  });
  return html`<h2>Grades that move</h2>
<p class="quiet">From the grade at the left to the one at the top, in leads.</p>
<div class="wide"><table class="grid"><thead><tr><td></td>${to.map((grade) => html`<th scope="col">${grade}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** Every line of the reasons that moves points, and after them the criteria that move none. */
export function causeTable(report: ModelReport): Html {
  const fires = new Map(report.criteria.map((criterion) => [criterion.label, criterion]));
  const causes = causesOf(report);
  const rows = causes.map(({ kind, label, changed, up, down, points }) => {
    const note = kind === 'removed' ? html` <span class="quiet">removed</span>` : undefined;
    const holds = kind === 'criterion' ? holdsCell(fires.get(label)) : undefined;
    const numbers = [number(changed), number(up), number(down), signedNumber(points)].map(
      (text) => html`<td>${text}</td>`,
    );
    return html`<tr><th scope="row">${label}${note}</th>${numbers}<td>${holds}</td></tr>\n`;
  });
  const still = report.criteria
    .filter(({ changed }) => changed === 0)
    .map(
      (criterion) =>
        html`<tr><th scope="row">${criterion.label}</th><td>0</td><td></td><td></td><td></td><td>${holdsCell(criterion)}</td></tr>\n`,
    );
  return html`<h2>What causes it</h2>
<p class="quiet">How many leads get more or fewer points by each line of their reasons, net of decay and its own cap.</p>
<div class="wide"><table><thead><tr><th scope="col">line</th><th scope="col">leads</th><th scope="col">up</th><th scope="col">down</th><th scope="col">points</th><th scope="col">holds for</th></tr></thead>
<tbody>${rows}${still}</tbody></table></div>`;
}

export function idleLists({ criteria, never, nearlyEveryone }: ModelReport): Html {
  const labels = (ids: readonly string[]) =>
    html`<ul>${criteria.filter(({ id }) => ids.includes(id)).map((one) => html`<li>${one.label}${one.fires > 0 ? ` (${holdsText(one)})` : ''}</li>`)}</ul>`;
  return html`<h2>Criteria that tell nobody apart</h2>
<h3>Hold for nobody</h3>
${never.length === 0 ? html`<p>None.</p>` : labels(never)}
<h3>Hold for ${NEARLY_EVERYONE * 100}% or more</h3>
${nearlyEveryone.length === 0 ? html`<p>None.</p>` : labels(nearlyEveryone)}`;
}

function holdsText(criterion: CriterionReport): string {
  return `${number(criterion.fires)}, ${percentText(criterion)}`;
}

/** One under the other where the screen is narrow. */
function holdsCell(criterion: CriterionReport | undefined): Html | undefined {
  return criterion && html`${number(criterion.fires)} <span class="share">${percentText(criterion)}</span>`;
}

function percentText({ share }: CriterionReport): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? '<1%' : `${Math.floor(percent)}%`;
}

const signedNumber = (points: number) => (points > 0 ? `+${number(points)}` : number(points));
