import { ConfigError } from '../../base/errors.ts';
import { excerpt } from '../../base/excerpt.ts';
import { BEYOND, type Column } from './column.ts';
import { isNoAnswer } from './no-answer.ts';

/** Who of a table bought. */
export interface Outcomes {
  /** The rows whose outcome is known, ascending. */
  readonly rows: Uint32Array;
  /** For each of these, 1 or 0. */
  readonly bought: Uint8Array;
  /** Rows whose outcome is empty: they are left out. */
  readonly open: number;
}

const BOUGHT: ReadonlyMap<string, 0 | 1> = new Map([
  ...['1', '1.0', 'yes', 'true'].map((word) => [word, 1] as const),
  ...['0', '0.0', 'no', 'false'].map((word) => [word, 0] as const),
]);

/**
 * Reads the column that says who bought: 1 and 0, yes and no, or true and false. Where it is empty nobody knows yet.
 * @throws ConfigError where it holds anything else, naming what it holds, or the same everywhere.
 */
export function readOutcomes({ name, codes, values, written }: Column, file: string): Outcomes {
  const fail = (message: string) =>
    new ConfigError([{ file, message: `the outcome ${JSON.stringify(name)} ${message}` }]);
  const strange = values.flatMap((text, code) => (BOUGHT.has(text) || isNoAnswer(text) ? [] : [code]));
  if (strange.length > 0 || codes.includes(BEYOND)) {
    const seen = written.slice(1, 1 + MOST_SHOWN).map((text) => JSON.stringify(excerpt(text)));
    const more = written.length - 1 > MOST_SHOWN ? ' and others' : '';
    throw fail(
      `must be 1 or 0, yes or no, or true or false (empty where nobody knows yet), and holds ${seen.join(', ')}${more}`,
    );
  }
  const outcomeOf = values.map((text) => BOUGHT.get(text));
  const known = codes.reduce((count, code) => count + (outcomeOf[code] === undefined ? 0 : 1), 0);
  const rows = new Uint32Array(known);
  const bought = new Uint8Array(known);
  let place = 0;
  for (const [row, code] of codes.entries()) {
    const outcome = outcomeOf[code];
    if (outcome === undefined) continue;
    rows[place] = row;
    bought[place] = outcome;
    place += 1;
  }
  const buyers = bought.reduce((sum, one) => sum + one, 0);
  if (buyers === 0) throw fail('says of no lead that it bought: there is nothing to learn from');
  if (buyers === known) throw fail('says of every lead that it bought: those who did not must be in the table as well');
  return { rows, bought, open: codes.length - known };
}

const MOST_SHOWN = 6;
