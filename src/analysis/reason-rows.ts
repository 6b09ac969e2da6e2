import { inWords } from '../base/in-words.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { heldLine } from './held-text.ts';

/** How the points of one line of the reasons move, over all leads. */
export interface Shift {
  /** How many leads get more or fewer points by it than they have now. */
  changed: number;
  /** The sum of what they get more and fewer. */
  points: number;
  up: number;
  down: number;
}

/** A line of the reasons as it is counted: a criterion, a cap or floor, or what the model no longer has. */
export interface ReasonRow extends Shift {
  readonly kind: 'criterion' | 'limit' | 'removed';
  /** The criterion's id; the label for anything else. */
  readonly id: string;
  readonly label: string;
}

export interface ReasonRows {
  readonly all: readonly ReasonRow[];
  /** Whether a row is known by this very label. */
  has(label: string): boolean;
  /** The row that a line with this label belongs to; what no criterion of the model is called gets one when it first comes. */
  of(label: string): ReasonRow;
}

/** The property may hold whatever somebody wrote over it: more lines than these are counted together. */
const MOST_STRANGERS = 200;

/**
 * The rows of a model. Lines that the CRM holds name no id: they are known by their label, or by what a criterion without
 * a name of its own is called. Criteria of the same label share the first one's row.
 */
export function reasonRows(model: CompiledModel): ReasonRows {
  const all: ReasonRow[] = [];
  const known = new Map<string, ReasonRow>();
  const add = (kind: ReasonRow['kind'], id: string, label: string): ReasonRow => {
    const row = { kind, id, label, changed: 0, points: 0, up: 0, down: 0 };
    all.push(row);
    return row;
  };
  const remember = (label: string, row: ReasonRow) => void known.set(label, known.get(label) ?? row);

  const criteria = model.criteria.map((one) => ({ ...one, row: add('criterion', one.id, one.label) }));
  for (const { label, row } of criteria) remember(label, row);
  for (const { id, row } of criteria) remember(inWords(id), row);
  remember(CUT_OFF, add('limit', 'cut-off', 'What the text has no room for'));
  const banded = criteria.filter(({ bands }) => bands !== undefined);
  let strangers = 0;
  let others: ReasonRow | undefined;

  function stranger(label: string): ReasonRow {
    if (strangers === MOST_STRANGERS) {
      others ??= add('removed', 'other lines', 'other lines');
      return others;
    }
    strangers += 1;
    const shown = limitLabel(label) ?? label;
    const row = add(isLimit(label) ? 'limit' : 'removed', shown, shown);
    known.set(label, row);
    return row;
  }

  return {
    all,
    has: (label) => known.has(label),
    of(text) {
      const label = withoutLimit(text);
      const row = known.get(label) ?? banded.find((one) => label.startsWith(`${one.label}: `))?.row;
      if (row !== undefined) return row;
      // Not known before either, where only an address tells the two apart.
      const held = heldLine(label);
      return known.get(held) ?? stranger(held);
    },
  };
}

/** How `parseReasons` calls the last line of a text that was cut. */
const CUT_OFF = '…';
const LIMIT = / (capped at|is at least)$/;
const isLimit = (label: string) => LIMIT.test(label);

/** `Web capped at 40` without its number, by which a cap of 40 and one of 50 would be two lines. */
function withoutLimit(label: string): string {
  const bare = label.replace(/ -?\d+$/, '');
  return isLimit(bare) ? bare : label;
}

/** `Web (cap)`, and a floor in the words of the reasons; undefined for any other line. */
function limitLabel(label: string): string | undefined {
  const [, what, kind] = /^(.+) (capped at|is at least)$/.exec(label) ?? [];
  return what === undefined ? undefined : kind === 'capped at' ? `${what} (cap)` : `${what} is at least its floor`;
}
