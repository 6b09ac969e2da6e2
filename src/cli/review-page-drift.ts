import type { FiringCounts, FiringWord } from '../analysis/review/criteria-firing.ts';
import type { DriftWord } from '../analysis/review/drift.ts';
import { asTodayNote, mostText } from '../analysis/review/findings.ts';
import type { InputDrift } from '../analysis/review/input-drift.ts';
import type { Review } from '../analysis/review/review.ts';
import { type Html, html } from './plan-html.ts';
import { drawDrift, drawSpread } from './review-charts.ts';
import { decimals, drawing, figure, partsTable, rowOf, swatch, tableOf, whole, words } from './review-page-parts.ts';
import { DRIFT_WORDS, FIRING_WORDS } from './review-words.ts';

/** How the scores of the leads that come in have moved. */
export async function scoreSection({ score, newLeads }: Review): Promise<Html> {
  const chart =
    score.steps.length === 0
      ? undefined
      : drawing(await drawSpread(score.steps), 'How the scores of new leads spread, before and now', [
          html`${swatch('line')} before (${whole('newLeads.earlier', newLeads.earlier)} new leads)`,
          html`${swatch('mild')} now (${whole('newLeads.now', newLeads.now)} new leads)`,
        ]);
  return html`<h2>The scores of new leads</h2>
<p>${driftSentence(score.word, score.psi)}</p>
${asTodayNote(score).map((note) => html`<p class="quiet">${note}</p>\n`)}
${chart}
${score.parts.length === 0 ? undefined : html`<details><summary>The numbers</summary>${partsTable('score', score, 'score')}</details>`}`;
}

function driftSentence(word: DriftWord, psi: number | undefined): Html {
  if (psi === undefined) return html`Too few leads came in to say whether scores have moved.`;
  const meaning: Readonly<Record<DriftWord, string>> = {
    steady: 'The scores of the leads that come in are spread as before.',
    'may be chance': 'The scores look different from before, but that may be chance.',
    shifted: 'The scores of the leads that come in have shifted: look at what moved below.',
    'much shifted':
      'The scores of the leads that come in have shifted much: the gates may no longer mean what they did. Look at what moved below.',
    'too few leads': '',
    'past unknown': '',
  };
  return html`${meaning[word]} Drift (PSI) ${decimals('score.psi', psi, 2)}.`;
}

/** More bars than this nobody reads. */
const MOST_BARS = 12;

/** What the score is made of, as it is of the leads that come in. */
export async function inputSection({ inputs }: Review): Promise<Html> {
  const judged = inputs.filter(({ psi }) => psi !== undefined);
  const chart =
    judged.length === 0
      ? undefined
      : drawing(await drawDrift(judged.slice(0, MOST_BARS)), 'How far each input has drifted', [
          html`${swatch('empty')} steady, or may be chance`,
          html`${swatch('mild')} shifted`,
          html`${swatch('bar')} shifted much`,
          html`${swatch('mark')} the marks 0.1 and 0.25`,
        ]);
  const rows = inputs.map((input, place) => ({ word: input.word, row: inputRow(input, place) }));
  const head = ['input', 'PSI', '', words('what moved most', false)];
  const loud = rows.filter(({ word }) => !CALM.has(word)).map(({ row }) => row);
  const calm = rows.filter(({ word }) => word === 'steady' || word === 'too few leads').map(({ row }) => row);
  const unknown = inputs.filter(({ word }) => word === 'past unknown').map(({ name }) => name);
  return html`<h2>What the score is made of</h2>
<p class="quiet">How far what is known of new leads, and what they did, has moved: the population stability index (PSI). Below 0.1 is steady, from 0.1 on
something has shifted, from 0.25 on it has shifted much. A shift is no mistake: it says that other people come in than those the model was made for.</p>
${chart}
${loud.length > 0 ? tableOf({ head, rows: loud }) : judged.length > 0 ? html`<p>Nothing has moved.</p>` : undefined}
${unknown.length === 0 ? undefined : html`<p>${unknown.join(', ')}: ${DRIFT_WORDS['past unknown']}.</p>`}
${calm.length === 0 ? undefined : html`<details><summary>${calm.length} others</summary>${tableOf({ head, rows: calm })}</details>`}
<details><summary>The numbers of each</summary>${inputs.map((input, place) => (input.parts.length === 0 ? undefined : partsTable(`inputs.${place}`, input, input.name)))}</details>`;
}

const CALM: ReadonlySet<DriftWord> = new Set(['steady', 'too few leads', 'past unknown']);

function inputRow(input: InputDrift, place: number): Html {
  const { name, psi, word } = input;
  const isLoud = word === 'shifted' || word === 'much shifted';
  return rowOf(name, [
    psi === undefined ? undefined : decimals(`inputs.${place}.psi`, psi, 2),
    words(DRIFT_WORDS[word], isLoud),
    isLoud ? words(mostText(input), false) : undefined,
  ]);
}

/** What everybody did, week by week. */
export function activitySection({ activities, weeks }: Review): Html {
  const rows = activities.flatMap(({ name, earlier, now, earlierAWeek, nowAWeek, word }, place) =>
    earlier + now === 0
      ? []
      : rowOf(name, [
          figure(`activities.${place}.earlierAWeek`, rate(earlierAWeek)),
          figure(`activities.${place}.nowAWeek`, rate(nowAWeek)),
          words(word, word !== 'about as before'),
        ]),
  );
  const silent = activities.filter(({ earlier, now }) => earlier + now === 0).map(({ name }) => name);
  return html`<h2>What leads do in a week</h2>
<p class="quiet">All leads together, on average over ${weeks} weeks.</p>
${rows.length === 0 ? undefined : tableOf({ head: ['activity', 'before', 'now', ''], rows })}
${silent.length === 0 ? undefined : html`<p class="quiet">The model also asks for these, and nobody did them: ${silent.join(', ')}.</p>`}`;
}

const rate = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 1 });

/** For how many leads each criterion holds. */
export function criteriaSection({ criteria, leads, newLeads }: Review): Html {
  const rows = criteria.map(({ name, points, newLeads: own, allLeads, word }, place) => ({
    word,
    row: rowOf(name, [
      points === undefined ? undefined : figure(`criteria.${place}.points`, points > 0 ? `+${points}` : String(points)),
      whole(`criteria.${place}.newLeads.earlier`, own.earlier),
      whole(`criteria.${place}.newLeads.now`, own.now),
      whole(`criteria.${place}.allLeads.now`, allLeads.now),
      words(isOfAll(own, word) ? ofAll(place, allLeads.earlier, word) : FIRING_WORDS[word], word === 'stopped'),
    ]),
  }));
  const of = (...asked: readonly FiringWord[]) => rows.filter(({ word }) => asked.includes(word)).map(({ row }) => row);
  const head = ['criterion', 'points', 'new leads before', 'new leads now', 'all leads now', ''];
  const [loud, never, calm] = [of('stopped', 'fewer', 'more'), of('never'), of('as before')];
  const unknown = criteria.filter(({ word }) => word === 'past unknown').map(({ name }) => name);
  const folded = (title: string, all: readonly Html[]) =>
    all.length === 0 ? undefined : html`<details><summary>${title}</summary>${tableOf({ head, rows: all })}</details>`;
  return html`<h2>Criteria that stopped, or began</h2>
<p class="quiet">For how many leads each holds: of ${whole('newLeads.earlier', newLeads.earlier)} new leads before and ${whole('newLeads.now', newLeads.now)} now,
and of all ${whole('leads.earlier', leads.earlier)} before and ${whole('leads.now', leads.now)} now.</p>
${loud.length === 0 ? html`<p>None: each holds about as often as before.</p>` : tableOf({ head, rows: loud })}
${unknown.length === 0 ? undefined : html`<p>${unknown.join(', ')}: ${FIRING_WORDS['past unknown']}.</p>`}
${folded(`${never.length} held for nobody, before and now`, never)}
${folded(`${calm.length} as before`, calm)}`;
}

/** Whether it was judged by all leads, as it held for no new one. */
const isOfAll = (newLeads: FiringCounts, word: FiringWord) => newLeads.earlier + newLeads.now === 0 && word !== 'never';

const ofAll = (place: number, earlier: number, word: FiringWord) =>
  html`${FIRING_WORDS[word]}, of all leads: ${whole(`criteria.${place}.allLeads.earlier`, earlier)} before`;
