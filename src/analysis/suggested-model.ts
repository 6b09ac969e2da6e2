import { Document, isCollection, isMap, isNode, isSeq, Scalar, visit } from 'yaml';
import type { DimensionName } from '../scoring/score.ts';
import { cleanText } from './clean-text.ts';
import type { SuggestedGates } from './gates.ts';
import type { Suggestion } from './suggest.ts';
import { gradesOf } from './suggested-grades.ts';
import { type SuggestedGroup, suggestedGroups } from './suggested-groups.ts';
import { gateWords, headWords, leftOutWords, type Place } from './suggested-words.ts';
import { dayOf } from './unseen-leads.ts';

export interface SuggestedModelOptions {
  /** The id of the model; its file is named so. */
  readonly model: string;
  /** What people call it. */
  readonly name: string;
  readonly gates: SuggestedGates;
  /** Config takes a challenger beside the model that it challenges as it is. */
  readonly place: Place;
  /** By when all leads that it was learnt from had come, in milliseconds since 1970; nothing is said of it when absent. */
  readonly learntUntil?: number | undefined;
  /** How far back activities count, as the model writes it: as far as the history looked. 180d when absent. */
  readonly window?: string;
  /** Fields without which no lead becomes an MQL; none when absent. */
  readonly requires?: readonly string[];
  /** What of a present model stays as it is, as YAML has it: `applies_to`, `personas`, `fast_track`, `routes`, `account`. */
  readonly kept?: Readonly<Record<string, unknown>>;
}

/**
 * A suggestion as a whole model file, with what changed and why as a comment above each criterion. Nothing is capped, cut off at 0 or
 * fades, so that it scores exactly the points that were suggested and judged, and the base points of the gates.
 */
export function suggestedModel(suggestion: Suggestion, options: SuggestedModelOptions): string {
  const { model, name, gates, place, learntUntil, window = '180d', requires = [], kept = {} } = options;
  const { applies_to, personas, ...others } = kept;
  const fit = suggestedGroups('fit', suggestion, gates.base.fit);
  const engagement = suggestedGroups('engagement', suggestion, gates.base.engagement);
  const document = new Document({
    model,
    name: cleanText(name, 80),
    ...(typeof place === 'object' && { challenger_to: place.challengerTo }),
    ...(applies_to !== undefined && { applies_to }),
    ...(personas !== undefined && { personas }),
    ...(learntUntil !== undefined && { learnt: { until: dayOf(learntUntil) } }),
    fit: { max: mostOf(fit), floor: 'none', groups: fit.map(plainGroup) },
    engagement: { max: mostOf(engagement), floor: 'none', window, groups: engagement.map(plainGroup) },
    grades: {
      fit: gradesOf(['A', 'B', 'C', 'D'], raised(suggestion.scores.fit, gates.base.fit), mostOf(fit)),
      // Numbers for keys: written as text they would stand in quotes.
      engagement: gradesOf(
        [1, 2, 3, 4],
        raised(suggestion.scores.engagement, gates.base.engagement),
        mostOf(engagement),
      ),
    },
    lifecycle: { mql: { fit: gates.fit, engagement: gates.engagement }, ...(requires.length > 0 && { requires }) },
    ...others,
  });
  layOut(document);
  document.commentBefore = remark(headWords(suggestion, place));
  commentCriteria(document, 'fit', fit);
  commentCriteria(document, 'engagement', engagement);
  if (learntUntil !== undefined) comment(document, ['learnt'], [LEARNT]);
  comment(
    document,
    ['grades'],
    [
      'For either dimension, as near as the points allow: the best tenth of the leads, the next fifth, and the next three tenths.',
    ],
  );
  comment(document, ['lifecycle'], [gateWords(gates)]);
  const left = leftOutWords(suggestion.leftOut);
  if (left.length > 0) document.comment = remark(left);
  // Nothing is folded: a line break within a condition helps nobody.
  return document.toString({ lineWidth: 0 });
}

const LEARNT =
  'All of these leads had come by then. With another model it is compared on those alone that came later: keep this line for as long as the points are these.';

/** The most that the criteria can add up to. */
function mostOf(groups: readonly SuggestedGroup[]): number {
  const points = groups.flatMap(({ criteria }) => criteria.map(({ points: own = 0 }) => Math.max(0, own)));
  return Math.max(
    1,
    points.reduce((sum, one) => sum + one, 0),
  );
}

function plainGroup({ name, criteria }: SuggestedGroup) {
  return { name, criteria: criteria.map(({ words: _, ...plain }) => plain) };
}

function raised(scores: Float64Array, base: number): Float64Array {
  return scores.map((score) => score + base);
}

function commentCriteria(document: Document, dimension: DimensionName, groups: readonly SuggestedGroup[]): void {
  for (const [place, { criteria }] of groups.entries()) {
    for (const [index, { words }] of criteria.entries()) {
      comment(document, [dimension, 'groups', place, 'criteria', index], [words]);
    }
  }
}

/** Above an entry of a list, or above a key. */
function comment(document: Document, path: readonly (string | number)[], words: readonly string[]): void {
  const above = document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  const node = isMap(above)
    ? above.items.map(({ key }) => key).find((key) => key === last || (key instanceof Scalar && key.value === last))
    : document.getIn(path, true);
  if (isNode(node)) node.commentBefore = remark(words);
}

const WIDTH = 118;

/** Each paragraph in lines of a bearable width; `yaml` writes the `#`. */
function remark(paragraphs: readonly string[]): string {
  return paragraphs
    .flatMap(folded)
    .map((line) => ` ${line}`)
    .join('\n');
}

function folded(paragraph: string): string[] {
  const lines: string[] = [];
  for (const word of cleanText(paragraph, Number.POSITIVE_INFINITY).split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** Where a key stands whose value goes on one line, as in the models that people write. */
const ON_ONE_LINE = new Set(['when', 'mql', 'requires', 'applies_to', 'learnt']);
/** Words that cannot be taken for a number, a date, yes or no, or anything else than words; and lengths of time. */
const PLAIN_WORD = /^(?!(?:yes|no|on|off|true|false|null|y|n)$)[a-z][a-z0-9]*(?:[ _-][a-z0-9]+)*$|^\d+[smhdw]$/i;

function layOut(document: Document): void {
  visit(document, {
    Pair: (_, { key, value }) => {
      if (key instanceof Scalar && ON_ONE_LINE.has(String(key.value)) && isCollection(value)) value.flow = true;
    },
    Scalar: (place, scalar) => {
      if (place !== 'key' && typeof scalar.value === 'string' && !PLAIN_WORD.test(scalar.value)) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  for (const dimension of ['fit', 'engagement']) {
    const grades = document.getIn(['grades', dimension], true);
    if (isMap(grades)) grades.flow = true;
    const groups = document.getIn([dimension, 'groups'], true);
    for (const group of isSeq(groups) ? groups.items.slice(1) : []) if (isNode(group)) group.spaceBefore = true;
  }
  // A blank line above each part but the name.
  const parts = isMap(document.contents) ? document.contents.items.slice(2) : [];
  for (const { key } of parts) if (isNode(key)) key.spaceBefore = true;
}
