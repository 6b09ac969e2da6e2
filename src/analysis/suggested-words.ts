import type { Passing } from './aim.ts';
import { asTodayText } from './as-today.ts';
import type { LeftOut } from './candidates.ts';
import { cleanText } from './clean-text.ts';
import { deniedOf } from './denied.ts';
import type { SuggestedGates } from './gates.ts';
import { leadsText, percentText, wholeText } from './number-text.ts';
import type { LeftOutFeature, SuggestedCriterion, Suggestion } from './suggest.ts';

/** What stands above the model: where it comes from, how good it is, and what to do with it. */
export function headWords(suggestion: Suggestion, place: Place): string[] {
  const { leads, buyers, auc, aucLow, aucHigh, folds, warnings } = suggestion;
  return [
    `Suggested by leadgauge from ${leadsText(leads)} of which ${wholeText(buyers)} bought (${percentText(buyers / leads)}). ` +
      `Nothing of it is in use yet: read it, and change what you know better. ${useWords(place)}`,
    `AUC ${auc.toFixed(3)} (${aucLow.toFixed(3)} to ${aucHigh.toFixed(3)}), ${folds}-fold cross-validated: so often a lead that bought ` +
      'has more points than one that did not. +10 points double the odds that a lead buys.',
    `Above each criterion stands for how many leads it holds, how many of them bought, and its points${hadPoints(suggestion) ? ' before and now' : ''}; ` +
      'in brackets, where the true figure lies as far as this history can tell.',
    ...deniedWords(suggestion),
    ...warnings,
  ];
}

const hadPoints = ({ criteria }: Suggestion) => criteria.some(({ feature }) => feature.points !== undefined);

function deniedWords(suggestion: Suggestion): string[] {
  const ids = deniedOf(suggestion).map(({ feature }) => feature.id);
  if (ids.length === 0) return [];
  return [
    `History says the opposite of ${ids.length === 1 ? 'a criterion' : `${ids.length} criteria`} of the model, which ${ids.length === 1 ? 'gets' : 'get'} no points: ${ids.join(', ')}. ` +
      'The end of this file has the figures; `leadgauge suggest --free` with their ids lets history turn their sign.',
  ];
}

/** Where a suggested model belongs: beside the model that it challenges, in the place of that one, or in config as one more. */
export type Place = { readonly challengerTo: string } | 'in-its-place' | 'new';

/** How to find out what the model is worth, and what it would do. */
export function useWords(place: Place): string {
  if (place === 'in-its-place')
    return 'Then see with `leadgauge plan` what it would do in the place of the model in use.';
  if (place === 'new') {
    return (
      'Then judge it by leads that it was not learnt from, such as those of the next quarter: `leadgauge backtest --csv newer.csv --outcome COLUMN ' +
      '--model` with this file. To use it, give its fields their lines in config, and move it to config/models/ (docs/history.md).'
    );
  }
  const { challengerTo } = place;
  return (
    `In config/models/ it challenges ${challengerTo}: it scores silently beside it, and writes no score of ${challengerTo}. To see with ` +
    `\`leadgauge plan\` what it would do in use, put it in the place of that file, with "model: ${challengerTo}" and without challenger_to.`
  );
}

/** What changed of a criterion, and why. */
export function criterionWords(criterion: SuggestedCriterion, baseRate: number): string {
  const { leads, buyers, points, feature } = criterion;
  const words = [`${countWords(criterion)}, of all ${percentText(baseRate)}. ${pointsWords(criterion)}.`];
  if (feature.held !== undefined) words.push('Its sign is kept, as in the model.');
  if ((buyers / leads - baseRate) * points < 0) {
    words.push('By itself it looks the other way round: what mostly comes along with it has criteria of its own.');
  }
  return [...words, ...asTodayText(feature)].join(' ');
}

function countWords({ leads, buyers, conversion: { low, high } }: SuggestedCriterion | LeftOutFeature): string {
  const share =
    leads === 0 ? '' : `, ${percentText(buyers / leads)} of them bought (${percentText(low)} to ${percentText(high)})`;
  return `${leadsText(leads)}${share}`;
}

function pointsWords({ points, interval: { low, high }, feature: { points: before } }: SuggestedCriterion): string {
  const range = `${points} (${low} to ${high})`;
  if (before === undefined) return `New: ${range}`;
  return before === points ? `Still ${range}` : `Was ${before}, now ${range}`;
}

/** Whom the gates let pass. */
export function gateWords({ aim, expected, base, open, barred, coolsOff, ...passing }: SuggestedGates): string {
  const wanted =
    'leadsAWeek' in aim
      ? `${wholeText(aim.leadsAWeek)} leads a week at most`
      : `${percentText(aim.shareOfBuyers)} of the buyers at least`;
  const missed = passing.meetsAim ? '' : ' No gates reach that: these come nearest.';
  return (
    `Chosen to let pass ${wanted}.${missed} They let pass ${passingWords(passing)}; ` +
    `of leads that it does not know yet, expect ${weekly(aim, expected)}${percentText(expected.shareOfBuyers)} of the buyers.` +
    `${coolsOff ? AT_ONE_TIME : ''}` +
    `${openWords(open)}${barredWords(barred)}${baseWords(base)}`
  );
}

const AT_ONE_TIME =
  ' That is who passes at the one time at which each lead was looked at: sales get more, as some pass and cool off. ' +
  '`leadgauge backtest` with this file counts them too.';

function weekly(aim: SuggestedGates['aim'], { leadsAWeek }: Passing): string {
  return 'leadsAWeek' in aim && leadsAWeek !== undefined ? `${weekText(leadsAWeek)} and ` : '';
}

const weekText = (leads: number) => `${leads.toFixed(leads < 10 ? 1 : 0)} a week`;

function openWords(open: SuggestedGates['open']): string {
  const [one, ...others] = open;
  if (one === undefined) return '';
  if (others.length > 0) {
    return ' They keep nobody out by points: every lead that nothing rules out would be an MQL. Set them yourself, or ask for less with --catch.';
  }
  const other = one === 'fit' ? 'engagement' : 'fit';
  return ` Of points, ${other} alone decides, since that comes nearest; \`leadgauge check\` names what is enough by itself.`;
}

function barredWords({ leads, buyers }: SuggestedGates['barred']): string {
  if (leads === 0) return '';
  const bought = buyers === 0 ? '' : `, of which ${wholeText(buyers)} bought,`;
  return ` ${leadsText(leads)}${bought} ${leads === 1 ? 'passes' : 'pass'} at no points: a required field is missing, or a criterion rules them out.`;
}

function baseWords({ fit, engagement }: SuggestedGates['base']): string {
  const given = [
    fit > 0 ? `${fit} points of fit` : '',
    engagement > 0 ? `${engagement} ${fit > 0 ? 'of' : 'points of'} engagement` : '',
  ].filter((text) => text !== '');
  return given.length === 0 ? '' : ` Everybody begins with ${given.join(' and ')}, since a gate may not lie below 0.`;
}

function passingWords({ leads, buyers, shareOfBuyers, leadsAWeek }: Passing): string {
  const weekly = leadsAWeek === undefined ? '' : `, ${weekText(leadsAWeek)}`;
  const bought = leads === 0 ? '' : `; ${percentText(buyers / leads)} of these bought`;
  return `${leadsText(leads)} of the history${weekly}, and ${percentText(shareOfBuyers)} of the buyers${bought}`;
}

const WHYS: Readonly<Record<LeftOut, string>> = {
  rare: 'it holds for too few leads to tell',
  common: 'it holds for nearly all leads',
  crowded: 'there are many to choose from, and it tells less than those',
  disqualify: 'it rules leads out, so that points would change nothing',
  sales: 'sales did it, which tells what they made of the lead, and the model gives nothing for it',
  sign: 'history says the opposite of the sign that marketing holds, with the others there',
  unsure: 'with the others there, its points may as well be 0',
  small: 'it is worth less than half a point',
};

/** What gets no points: each criterion that the model has now, and how many others were looked at. */
export function leftOutWords(leftOut: readonly LeftOutFeature[]): string[] {
  const own = leftOut.filter(({ feature }) => feature.points !== undefined || feature.held !== undefined);
  const others = leftOut.length - own.length;
  return [
    ...own.map((one) => {
      const { feature, why } = one;
      const before = feature.points === undefined ? '' : ` (was ${feature.points})`;
      return `Left out: ${feature.id}${before}, ${cleanText(feature.name, 80)}. ${countWords(one)}: ${WHYS[why]}.`;
    }),
    ...(others === 0
      ? []
      : [
          `Also looked at and left out: ${wholeText(others)} ${others === 1 ? 'thing' : 'things'} that history says too little of.`,
        ]),
  ];
}
