import type { z } from 'zod';
import type { Lists } from '../leads/lists.ts';
import type { OwnTitles } from '../leads/titles.ts';
import { ask, type Predicate, type Readings, type Slot } from './facts.ts';

/** What a condition may look into besides the lead. */
export interface Sources {
  /** Those of `config/lists/`. */
  readonly lists: Lists;
  readonly titles: OwnTitles;
}

/** What is wrong with the value of an operator, in plain words. */
export interface ValueProblem {
  /** Which entry of a list is meant; the whole value where absent. */
  readonly entry?: number;
  readonly message: string;
}

export type Data = readonly (readonly [source: string, entries: Iterable<string>])[];

/** One way to ask something of a field: what YAML may say, how the field is read for it, and the test. */
interface Row<Value, Kind extends keyof Readings> {
  readonly schema: z.ZodType<Value>;
  readonly read: Kind;
  /** Builds the test once, of a field that could be read so. */
  readonly test: (value: Value, sources: Sources) => (reading: Readings[Kind]) => boolean;
  /** The answer for a field without a value, or one that cannot be read so: no, unless said otherwise. */
  readonly whenMissing?: (value: Value) => boolean;
  readonly problems?: (value: Value, sources: Sources) => readonly ValueProblem[];
  /** What the test looks into besides the lead: it is part of the model's version. */
  readonly data?: (value: Value, sources: Sources) => Data;
}

export interface Operator<Value> {
  readonly schema: z.ZodType<Value>;
  readonly problems: (value: Value, sources: Sources) => readonly ValueProblem[];
  readonly data: (value: Value, sources: Sources) => Data;
  /** Of a value without problems. */
  readonly compile: (value: Value, field: string, slots: Slot[], sources: Sources) => Predicate;
}

export function row<Value, Kind extends keyof Readings>(definition: Row<Value, Kind>): Operator<Value> {
  const { schema, read, test, whenMissing, problems = () => [], data = () => [] } = definition;
  return {
    schema,
    problems,
    data,
    compile: (value, field, slots, sources) => {
      const passes = test(value, sources);
      const otherwise = whenMissing?.(value) ?? false;
      return ask(slots, read, field, (reading) => (reading === undefined ? otherwise : passes(reading)));
    },
  };
}
