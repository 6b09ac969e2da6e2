import { deniedOf } from '../analysis/denied.ts';
import type { SuggestedGates } from '../analysis/gates.ts';
import { percentText } from '../analysis/number-text.ts';
import type { LeftOutFeature, SuggestedCriterion, Suggestion } from '../analysis/suggest.ts';
import { gateWords, type Place, useWords } from '../analysis/suggested-words.ts';
import type { DimensionName } from '../scoring/score.ts';
import { aucSentence } from './auc-text.ts';
import { figureTable, shortLabel } from './figure-table.ts';
import type { Io } from './io.ts';
import { counted, fold, paint, signed } from './print.ts';

export interface SuggestTextOptions {
  readonly gates: SuggestedGates;
  readonly warnings: readonly string[];
  /** The file that the model is written to. */
  readonly out: string | undefined;
  /** What was looked at, where that is to be said. */
  readonly note?: string | undefined;
  /** The model as it is, on the same leads, where there is one. */
  readonly present?: { readonly name: string; readonly auc: number } | undefined;
  /** Where the model belongs. */
  readonly place: Place;
}

/** A suggestion for a person at a terminal: what to beware of, how good it is, the points, and what to do next. */
export function suggestText(
  suggestion: Suggestion,
  { gates, warnings, out, note, present, place }: SuggestTextOptions,
  io: Pick<Io, 'colour'>,
): string[] {
  const { leads, buyers, criteria, leftOut } = suggestion;
  const heading = (text: string) => ['', paint(io, 'bold', text)];
  const denied = deniedOf(suggestion);
  const others = leftOut.length - denied.length;
  return [
    paint(
      io,
      'bold',
      fold(
        `${counted(leads, 'lead')}, of which ${buyers.toLocaleString('en-US')} bought: ${percentText(buyers / leads)}`,
        0,
      ),
    ),
    ...(note === undefined ? [] : [fold(note, 0)]),
    ...warnings.map((warning) => paint(io, 'yellow', fold(`! ${warning}`, 0))),
    '',
    fold(aucSentence(suggestion), 0),
    ...(present === undefined
      ? []
      : [fold(`${present.name} as it is has an AUC of ${present.auc.toFixed(3)} on the same leads.`, 0)]),
    ...(['fit', 'engagement'] as const).flatMap((dimension) => {
      const rows = rowsOf(criteria, dimension);
      return rows.length === 0 ? [] : [...heading(HEADINGS[dimension]), ...figureTable([HEAD, ...rows])];
    }),
    ...(criteria.length === 0 ? ['', fold('Nothing was found that tells buyers from others.', 0)] : []),
    ...(denied.length === 0 ? [] : [...heading('History says the opposite'), ...deniedLines(denied)]),
    '',
    ...(others === 0
      ? []
      : [
          fold(
            `${counted(others, 'other question')} ${others === 1 ? 'tells' : 'tell'} too little to be worth points.`,
            0,
          ),
        ]),
    fold('+10 points double the odds that a lead buys; in brackets, what the points may as well be.', 0),
    ...heading('Ready for sales'),
    fold(`Fit ${gates.fit} and engagement ${gates.engagement}. ${gateWords(gates)}`, 0),
    ...heading('What next'),
    ...nextLines(suggestion, out, place),
  ];
}

const HEADINGS: Readonly<Record<DimensionName, string>> = { fit: 'Who they are', engagement: 'What they did' };
const HEAD = ['', 'points', '', 'leads', 'bought'];

function rowsOf(criteria: readonly SuggestedCriterion[], dimension: DimensionName): string[][] {
  return criteria
    .filter(({ feature }) => feature.dimension === dimension)
    .sort((one, other) => Math.abs(other.points) - Math.abs(one.points))
    .map(({ feature, points, interval: { low, high }, leads, buyers }) => [
      `  ${shortLabel(feature.name)}`,
      signed(points),
      `(${low} to ${high})`,
      leads.toLocaleString('en-US'),
      percentText(buyers / leads),
    ]);
}

/** What the model gives points for, and leads buy less often with it, or more often where it takes points off. */
function deniedLines(denied: readonly LeftOutFeature[]): string[] {
  const rows = denied.map(({ feature, leads, buyers }) => [
    `  ${shortLabel(feature.name)}`,
    signed(feature.points ?? 0),
    leads.toLocaleString('en-US'),
    percentText(buyers / leads),
  ]);
  const ids = denied.map(({ feature }) => feature.id).join(',');
  return [
    ...figureTable([['', 'points now', 'leads', 'bought'], ...rows]),
    fold(
      `With the other criteria there, these count the other way, so they get no points. To let history turn their sign: --free ${ids}`,
      0,
    ),
  ];
}

function nextLines({ criteria }: Suggestion, out: string | undefined, place: Place): string[] {
  if (out === undefined)
    return [fold('Write it down as a model, with a comment on each criterion: --out NAME.yaml', 0)];
  // Those of a CRM have their line in config already.
  const fields = place === 'new' ? [...new Set(criteria.flatMap(({ feature }) => fieldAsked(feature.when) ?? []))] : [];
  return [
    fold(`The model is in ${out}. Nothing uses it yet: read it. ${useWords(place)}`, 0),
    ...(fields.length === 0 ? [] : [fold(`Its fields: ${fields.join(', ')}.`, 0)]),
  ];
}

function fieldAsked(when: unknown): string | undefined {
  return typeof when === 'object' && when !== null && 'field' in when ? String(when.field) : undefined;
}
