import { percentText } from '../analysis/number-text.ts';
import type { FollowThrough, Review } from '../analysis/review/review.ts';
import type { SalesSay } from '../analysis/review/sales-say.ts';
import { MINUTE } from '../base/clock.ts';
import { type Html, html } from './plan-html.ts';
import { drawWeeks } from './review-outcome-charts.ts';
import { drawing, percent, rowOf, swatch, tableOf, whole, words } from './review-page-parts.ts';
import { dayText, GIVEN_BACK_WORDS, NO_REASONS } from './review-words.ts';

/** How many leads came to be ready for sales. */
export async function volumeSection(review: Review): Promise<Html> {
  const { mqls, weekBegins } = review;
  const chart =
    mqls.earlier + mqls.now === 0
      ? undefined
      : drawing(await drawWeeks(review), 'Leads that came to be ready for sales, by week', [
          html`${swatch('empty')} before`,
          html`${swatch('bar')} now`,
        ]);
  const rows = mqls.byWeek.map((leads, week) =>
    rowOf(dayText(weekBegins[week] ?? ''), [whole(`mqls.byWeek.${week}`, leads)]),
  );
  return html`<h2>Leads ready for sales (MQLs), by week</h2>
<p>${whole('mqls.earlier', mqls.earlier)} before, ${whole('mqls.now', mqls.now)} now. <span class="quiet">${volumeNote(mqls)}</span></p>
${chart}
<details><summary>The numbers</summary>${tableOf({ head: ['week from', 'MQLs'], rows })}</details>`;
}

/** Who follows up, and how fast. */
export function ownerSection({ owners, ownerDays }: Review): Html {
  const rows = owners.map((owner, place) => ownerRow(owner, `owners.${place}`));
  return html`<h2>Who follows up, and how fast</h2>
<p class="quiet">Leads that were routed to sales within the last ${ownerDays} days, in working time.</p>
${
  owners.length === 0
    ? html`<p>No lead was routed to anybody.</p>`
    : tableOf({ head: ['owner', 'still open', 'touched', 'in time', 'half within'], rows })
}`;
}

/** What a lead counts as. */
function volumeNote({ cameBefore }: Review['mqls']): Html {
  if (cameBefore === 0) return html`A lead counts each time that it came to be one.`;
  return html`A lead counts in the week in which it last came to be one, as the CRM keeps no more: ${whole('mqls.cameBefore', cameBefore)} of these had come to be one before, and lack there.`;
}

function ownerRow(
  { owner, routed, touched, decided, inTime, medianToTouch, open, overdue }: FollowThrough,
  at: string,
): Html {
  const late = overdue === 0 ? undefined : html`, <b>${whole(`${at}.overdue`, overdue)} overdue</b>`;
  return rowOf(owner ?? '(nobody)', [
    html`${whole(`${at}.open`, open)}${late}`,
    html`${whole(`${at}.touched`, touched)} of ${whole(`${at}.routed`, routed)}`,
    decided === 0
      ? ''
      : html`${whole(`${at}.inTime`, inTime)} of ${whole(`${at}.decided`, decided)} <span class="share">${percentText(inTime / decided)}</span>`,
    medianToTouch === undefined ? '' : lengthText(medianToTouch),
  ]);
}

/** `40 min`, `3 h 20 min`. */
function lengthText(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** What sales said of the leads that they were given, and what those that they rejected have in common. */
export function salesSection({ salesSay }: Review): Html {
  const { passed, working, notNow, rejected, silent, rejectedShare, traits } = salesSay;
  const head = ['what the model said of them', 'of the rejected', 'of the others', ''];
  const rows = traits.map(({ name, rejectedShare: own, othersShare, isApart }, place) =>
    rowOf(name, [
      percent(`salesSay.traits.${place}.rejectedShare`, own),
      percent(`salesSay.traits.${place}.othersShare`, othersShare),
      words(isApart ? 'sets them apart' : 'may be chance', isApart),
    ]),
  );
  const share =
    rejectedShare === undefined
      ? undefined
      : html` Of those of which sales said anything, ${percent('salesSay.rejectedShare', rejectedShare)} were rejected.`;
  if (passed === 0) return html`<h2>What sales rejected, and why</h2><p>No lead was passed on to sales now.</p>`;
  return html`<h2>What sales rejected, and why</h2>
<p>Of ${whole('salesSay.passed', passed)} leads that were passed on to sales now, they are working ${whole('salesSay.working', working)},
gave back ${whole('salesSay.notNow', notNow)} for later, rejected ${whole('salesSay.rejected', rejected)}, and said nothing of ${whole('salesSay.silent', silent)}.${share}</p>
${statusTable(salesSay)}
${reasonTable(salesSay)}
${rows.length === 0 ? undefined : tableOf({ head, rows })}`;
}

/** By which statuses sales gave leads back. */
function statusTable({ statuses }: SalesSay): Html | undefined {
  if (statuses.length === 0) return undefined;
  const rows = statuses.map(({ status, word, leads }, place) =>
    rowOf(status, [whole(`salesSay.statuses.${place}.leads`, leads), words(GIVEN_BACK_WORDS[word], false)]),
  );
  return tableOf({ head: ['the status that sales set', 'leads', ''], rows });
}

/** Why they gave leads back, as they say themselves. */
function reasonTable({ statuses, reasons, withoutReason }: SalesSay): Html | undefined {
  if (reasons.length === 0) return statuses.length === 0 ? undefined : html`<p class="quiet">${NO_REASONS}</p>`;
  const rows = reasons.map(({ reason, rejected, notNow }, place) =>
    rowOf(reason, [
      whole(`salesSay.reasons.${place}.rejected`, rejected),
      whole(`salesSay.reasons.${place}.notNow`, notNow),
    ]),
  );
  const silent =
    withoutReason === 0
      ? undefined
      : html`<p class="quiet">${whole('salesSay.withoutReason', withoutReason)} of the leads that they gave back have no reason.</p>`;
  return html`${tableOf({ head: ['the reason that sales name', 'rejected', 'for later'], rows })}${silent}`;
}
