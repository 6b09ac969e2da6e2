import type { Comparison, ModelQuality } from '../analysis/comparison.ts';
import type { Conversion } from '../analysis/conversion.ts';
import type { HoldoutReport } from '../analysis/holdout-report.ts';
import { percentText } from '../analysis/number-text.ts';
import type { BandChange, PeriodQuality } from '../analysis/review/conversion-change.ts';
import type { Review } from '../analysis/review/review.ts';
import type { SuggestedChange } from '../analysis/review/suggested-changes.ts';
import { chanceText, holdoutSentence, IN_USE } from './comparison-words.ts';
import { type Html, html } from './plan-html.ts';
import { signed } from './print.ts';
import { drawConversion } from './review-outcome-charts.ts';
import { decimals, drawing, figure, percent, rowOf, swatch, tableOf, whole, words } from './review-page-parts.ts';
import { bandLabel, dayText, learntMark, learntSentence } from './review-words.ts';

/** Who bought, by score. */
export async function conversionSection(review: Review): Promise<Html> {
  const { conversion, tooFewBuyers, name, learntUntil } = review;
  if (conversion === undefined) return html`<h2>Who bought, by score</h2>\n<p>${tooFewBuyers}</p>`;
  const { earlier, now, bands, tooYoung } = conversion;
  const isKnown = earlier.leads > 0 && now.leads > 0;
  const chart = isKnown
    ? drawing(await drawConversion(conversion), 'How often leads bought by score, before and now', [
        html`${swatch('square')} before`,
        html`${swatch('dot')} now`,
        'the line is where the true rate lies, with 95% certainty',
      ])
    : undefined;
  const rows = bands.map((band, place) =>
    rowOf(bandLabel(band.from, bands[place - 1]?.from, place === bands.length - 1), bandCells(band, place)),
  );
  const heading = (when: 'earlier' | 'now', text: string) => `${text}${learntMark(review, when)}`;
  const head = ['score', heading('earlier', 'bought before'), heading('now', 'bought now'), ''];
  const young =
    tooYoung === 0
      ? undefined
      : html`<p class="quiet">${whole('conversion.tooYoung', tooYoung)} leads came too lately to say: they may buy yet, and are not counted.</p>`;
  return html`<h2>Who bought, by score</h2>
<p>${rateSentence('earlier', earlier)} before, ${rateSentence('now', now)} now: ${conversion.word}.</p>
${qualitySentence(review, earlier, now)}
${chart}
${isKnown ? tableOf({ head, rows }) : undefined}
${isKnown ? html`<p class="quiet">Small figures are where the true rate lies, with 95% certainty. Where no word stands at the right, chance may have made the difference.</p>` : undefined}
${learntUntil === undefined ? undefined : html`<p>${learntSentence(name, learntUntil)}</p>`}
${young}`;
}

function rateSentence(when: 'earlier' | 'now', { leads, buyers, conversion }: Conversion): Html {
  const place = `conversion.${when}`;
  return html`${whole(`${place}.buyers`, buyers)} of ${whole(`${place}.leads`, leads)} leads bought (${percent(`${place}.conversion`, conversion)})`;
}

function bandCells({ earlier, now, word }: BandChange, place: number): (string | Html)[] {
  const cell = (when: 'earlier' | 'now', { leads, conversion, low, high }: Conversion) => {
    const at = `conversion.bands.${place}.${when}`;
    if (leads === 0) return html`<span class="share">no leads</span>`;
    return html`${percent(`${at}.conversion`, conversion)} of ${whole(`${at}.leads`, leads)} <span class="share">${percentText(low)}–${percentText(high)}</span>`;
  };
  return [cell('earlier', earlier), cell('now', now), word === 'no difference shown' ? '' : words(word, true)];
}

function qualitySentence(review: Review, earlier: PeriodQuality, now: PeriodQuality): Html {
  if (earlier.auc === undefined || now.auc === undefined) {
    return html`<p class="quiet">Too few bought to say how well the score tells buyers from others in either period.</p>`;
  }
  const of = (when: string, { auc = 0, aucLow = 0, aucHigh = 0 }: PeriodQuality) =>
    html`${decimals(`conversion.${when}.auc`, auc, 3)} (${decimals(`conversion.${when}.aucLow`, aucLow, 3)} to ${decimals(`conversion.${when}.aucHigh`, aucHigh, 3)})`;
  return html`<p>A lead that bought had more points than one that did not in ${percentText(earlier.auc)} of all pairs before and ${percentText(now.auc)} now; 50% is chance.
<span class="quiet">AUC ${of('earlier', earlier)} before${learntMark(review, 'earlier')}, ${of('now', now)} now${learntMark(review, 'now')}.</span></p>`;
}

/** Other points that the history suggests. */
export function suggestSection({ suggested }: Review): Html {
  if (suggested === undefined) {
    return html`<h2>What the history suggests</h2>\n<p>No points: too few leads bought to learn any.</p>`;
  }
  const { auc, changes } = suggested;
  const rows = changes.map((change, place) => {
    const at = `suggested.changes.${place}`;
    return rowOf(change.name, [
      change.points === undefined ? 'new' : figure(`${at}.points`, signed(change.points)),
      suggestedCell(change, at),
      whole(`${at}.leads`, change.leads),
      percentText(change.leads === 0 ? 0 : change.buyers / change.leads),
    ]);
  });
  return html`<h2>What the history suggests</h2>
<p class="quiet">Points by which +10 double the odds that a lead buys, learnt from who bought. They tell buyers from others with an AUC of ${decimals('suggested.auc', auc, 3)}.
Where nothing is shown, leave the points if you know better. Nothing is changed by itself: <code>leadgauge suggest</code> writes a model for you to read.</p>
${rows.length === 0 ? html`<p>No criterion has points that the history denies.</p>` : tableOf({ head: ['criterion', 'points', 'suggested', 'leads', 'bought'], rows })}`;
}

function suggestedCell({ suggested, low, high, why }: SuggestedChange, at: string): Html {
  if (why !== undefined || low === undefined || high === undefined) return html`${why}`;
  return html`${figure(`${at}.suggested`, signed(suggested))} <span class="share">${signed(low)} to ${signed(high)}</span>`;
}

/** Models beside the one in force, on the same leads. */
export function challengeSection({ challenges, uncompared }: Review): Html | undefined {
  if (challenges.length + uncompared.length === 0) return undefined;
  const many =
    challenges.length > 1
      ? html` With several challengers it takes more to rule out chance: one that is better by chance alone is not called so.`
      : undefined;
  return html`<h2>Champion and challenger</h2>
${challenges.length === 0 ? undefined : html`<p class="quiet">Both scored the same leads, of whom it is known who bought.${many} ${IN_USE}</p>`}
${challenges.map(challengeBlock)}
${uncompared.map(({ name, why }) => html`<p>${name} is not compared. ${why}</p>\n`)}`;
}

function challengeBlock(challenge: Comparison, place: number): Html {
  const { champion, challenger, difference, low, high, p, word, leads, buyers, learntUntil, holdout } = challenge;
  const at = `challenges.${place}`;
  const row = (key: 'champion' | 'challenger', { name, auc, liftTop10, gate }: ModelQuality) =>
    rowOf(html`${name} <span class="quiet">${key}</span>`, [
      decimals(`${at}.${key}.auc`, auc, 3),
      decimals(`${at}.${key}.liftTop10`, liftTop10, 2),
      whole(`${at}.${key}.gate.sent.leads`, gate.sent.leads),
      percent(`${at}.${key}.gate.sent.conversion`, gate.sent.conversion),
    ]);
  const since =
    learntUntil === undefined
      ? undefined
      : html` that came after ${dayText(learntUntil)}, until when one of the two was learnt,`;
  return html`<p>${challenger.name}: <b>${word}</b>, on ${whole(`${at}.leads`, leads)} leads${since} of which ${whole(`${at}.buyers`, buyers)} bought.
<span class="quiet">The AUC differs by ${decimals(`${at}.difference`, difference, 3)} (${low.toFixed(3)} to ${high.toFixed(3)}, ${chanceText(p)}).</span></p>
${tableOf({ head: ['model', 'AUC', 'lift of the best tenth', 'MQLs', 'of them bought'], rows: [row('champion', champion), row('challenger', challenger)] })}
${holdout === undefined ? undefined : holdoutBlock(holdout, challenger.name, `${at}.holdout`)}`;
}

function holdoutBlock(holdout: HoldoutReport, name: string, at: string): Html {
  const row = (key: 'within' | 'outside', label: string, { leads, buyers, conversion }: Conversion) =>
    rowOf(label, [
      whole(`${at}.${key}.leads`, leads),
      whole(`${at}.${key}.buyers`, buyers),
      percent(`${at}.${key}.conversion`, conversion),
    ]);
  const rows = [row('within', 'in it', holdout.within), row('outside', 'outside', holdout.outside)];
  return html`${tableOf({ head: [`holdout of ${name}`, 'leads', 'bought', ''], rows })}
<p>${holdoutSentence(holdout)}</p>`;
}
