import type { Comparison } from '../analysis/comparison.ts';
import type { Conversion } from '../analysis/conversion.ts';
import type { HoldoutReport } from '../analysis/holdout-report.ts';
import { leadsText, percentText, wholeText } from '../analysis/number-text.ts';
import type { FiringWord } from '../analysis/review/criteria-firing.ts';
import { asTodayNote, isShifted, mostText } from '../analysis/review/findings.ts';
import type { Review } from '../analysis/review/review.ts';
import { chanceText, holdoutSentence, IN_USE } from './comparison-words.ts';
import { figureTable, shortLabel } from './figure-table.ts';
import type { Io } from './io.ts';
import { fold, paint, signed } from './print.ts';
import {
  bandLabel,
  DRIFT_WORDS,
  dayText,
  FIRING_WORDS,
  learntMark,
  learntSentence,
  periodSentence,
} from './review-words.ts';
import { salesLines } from './sales-say-text.ts';

/** A review for a person at a terminal: what to look into, then the figures that people ask for first. The page has all of them. */
export function reviewText(review: Review, io: Pick<Io, 'colour'>): string[] {
  const { name, at, findings, warnings } = review;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint(io, 'bold', title), ...lines];
  const told = findings.length === 0 ? ['Nothing stands out: the model does what it did before.'] : findings;
  return [
    paint(io, 'bold', fold(`Review of ${name}, ${dayText(at)}`, 0)),
    fold(periodSentence(review), 0),
    ...warnings.map((warning) => paint(io, 'yellow', fold(`! ${warning}`, 0))),
    ...section(
      'What to look into',
      told.map((text) => fold(text, 0)),
    ),
    ...section('Before and now', overview(review)),
    ...section('Who bought, by score', bandLines(review)),
    ...section('What moved', driftLines(review)),
    ...section('Criteria', criteriaLines(review)),
    ...section('What sales rejected, and why', salesLines(review)),
    ...section('Suggested points', suggestedLines(review)),
    ...section('Champion and challenger', challengeLines(review)),
  ];
}

function overview({ leads, newLeads, mqls, conversion }: Review): string[] {
  const row = (label: string, { earlier, now }: { readonly earlier: number; readonly now: number }) => [
    `  ${label}`,
    wholeText(earlier),
    wholeText(now),
  ];
  return figureTable([
    ['', 'before', 'now'],
    row('leads', leads),
    row('new leads', newLeads),
    row(mqls.cameBefore === 0 ? 'came to be MQLs' : 'last came to be MQLs', mqls),
    ...(conversion === undefined
      ? []
      : [['  bought', percentText(conversion.earlier.conversion), percentText(conversion.now.conversion)]]),
  ]);
}

function bandLines(review: Review): string[] {
  const { conversion, tooFewBuyers, name, learntUntil } = review;
  if (conversion === undefined) return tooFewBuyers === undefined ? [] : [fold(tooFewBuyers, 0)];
  const { bands } = conversion;
  if (bands.length === 0) return [];
  const rows = bands.map(({ from, earlier, now, word }, place) => [
    `  ${bandLabel(from, bands[place - 1]?.from, place === bands.length - 1)}`,
    percentText(earlier.conversion),
    now.leads === 0 ? '' : percentText(now.conversion),
    word,
  ]);
  const head = ['  score', `before${learntMark(review, 'earlier')}`, `now${learntMark(review, 'now')}`, ''];
  return [
    ...figureTable([head, ...rows]),
    ...(learntUntil === undefined ? [] : [fold(learntSentence(name, learntUntil), 0)]),
  ];
}

const MOST = 8;

function driftLines({ score, inputs }: Review): string[] {
  const rows = [{ ...score, name: 'the score' }, ...inputs]
    .filter(({ psi }) => psi !== undefined)
    .slice(0, MOST)
    .map(({ name, psi = 0, word }) => [`  ${shortLabel(name)}`, psi.toFixed(2), DRIFT_WORDS[word]]);
  const moved = inputs.filter(isShifted);
  const unknown = inputs.filter(({ word }) => word === 'past unknown').map(({ name }) => name);
  return [
    ...(rows.length === 0 ? [] : figureTable([['', 'PSI', ''], ...rows])),
    ...moved.slice(0, MOST).map((input) => fold(`${input.name}: ${mostText(input)}`, 0)),
    ...asTodayNote(score).map((note) => fold(note, 0)),
    ...(unknown.length === 0 ? [] : [fold(`${unknown.join(', ')}: ${DRIFT_WORDS['past unknown']}.`, 0)]),
  ];
}

const QUIET: ReadonlySet<FiringWord> = new Set(['as before', 'never', 'past unknown']);

function criteriaLines({ criteria }: Review): string[] {
  const told = criteria.filter(({ word }) => !QUIET.has(word));
  const rows = told.map(({ name, newLeads, allLeads, word }) => {
    // What cannot hold for new leads was judged by all.
    const isOfNew = newLeads.earlier + newLeads.now > 0;
    const { earlier, now } = isOfNew ? newLeads : allLeads;
    const label = `  ${shortLabel(name)}`;
    return [label, wholeText(earlier), wholeText(now), `${FIRING_WORDS[word]}${isOfNew ? '' : ', of all'}`];
  });
  const never = criteria.filter(({ word }) => word === 'never').length;
  const unknown = criteria.filter(({ word }) => word === 'past unknown').map(({ name }) => name);
  return [
    ...(rows.length === 0 ? [] : figureTable([['  of new leads', 'before', 'now', ''], ...rows])),
    ...(never === 0 ? [] : [`  ${wholeText(never)} held for nobody, before and now.`]),
    ...(unknown.length === 0 ? [] : [fold(`${unknown.join(', ')}: ${FIRING_WORDS['past unknown']}.`, 0)]),
  ];
}

function suggestedLines({ suggested }: Review): string[] {
  if (suggested === undefined) return ['Too few leads bought to learn any.'];
  if (suggested.changes.length === 0) return [];
  const rows = suggested.changes.map(({ name, points, suggested: other, why }) => [
    `  ${shortLabel(name)}`,
    points === undefined ? 'new' : signed(points),
    why ?? signed(other),
  ]);
  return figureTable([['', 'points', 'suggested'], ...rows]);
}

function challengeLines({ challenges, uncompared }: Review): string[] {
  return [
    ...challenges.flatMap(challengeSentences),
    ...(challenges.length === 0 ? [] : [IN_USE]),
    ...uncompared.map(({ name, why }) => `${name} is not compared. ${why}`),
  ].map((text) => fold(text, 0));
}

function challengeSentences({ champion, challenger, word, p, leads, learntUntil, holdout }: Comparison): string[] {
  const since =
    learntUntil === undefined
      ? ''
      : `, on ${wholeText(leads)} leads that came after ${learntUntil}, until when one of the two was learnt`;
  const compared = `${challenger.name}: ${word}, with an AUC of ${challenger.auc.toFixed(3)} against ${champion.auc.toFixed(3)} of ${champion.name} (${chanceText(p)})${since}.`;
  return holdout === undefined ? [compared] : [compared, holdoutCounts(challenger.name, holdout)];
}

function holdoutCounts(name: string, holdout: HoldoutReport): string {
  const of = ({ leads, buyers }: Conversion) => `${wholeText(buyers)} of ${leadsText(leads)} bought`;
  return `Holdout of ${name}: ${of(holdout.within)}, and ${of(holdout.outside)} outside. ${holdoutSentence(holdout)}`;
}
