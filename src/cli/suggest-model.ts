import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { SuggestedGates } from '../analysis/gates.ts';
import type { Suggestion } from '../analysis/suggest.ts';
import { suggestedModel } from '../analysis/suggested-model.ts';
import type { Place } from '../analysis/suggested-words.ts';
import { ConfigError } from '../base/errors.ts';
import { asWord } from '../scoring/model-words.ts';
import { requireWritable } from './plan-files.ts';
import type { FromModel } from './suggest-csv.ts';

/** Finds out before long work whether the model can be kept. @throws ConfigError where it cannot, or would take the place of another file. */
export function requireNewFile(file: string): void {
  requireWritable(file);
  if (existsSync(file))
    throw new ConfigError(`there is a file ${file} already: name another, or move it out of the way`);
}

export interface ModelTextOptions {
  readonly gates: SuggestedGates;
  /** The file that it is for: the model is called as the file is. */
  readonly out: string | undefined;
  /** Where it comes from. */
  readonly title: string;
  /** By when all leads that it was learnt from had come, in milliseconds since 1970. */
  readonly learntUntil: number;
  /** The model that is there already, where there is one. */
  readonly from?: FromModel | undefined;
}

/** The model as YAML. */
export function modelText(suggestion: Suggestion, { gates, out, title, learntUntil, from }: ModelTextOptions): string {
  const name = `Suggested from ${title}`;
  return suggestedModel(suggestion, {
    ...from?.parts,
    model: idFor(out),
    place: placeOf(out, from),
    name,
    gates,
    learntUntil,
  });
}

/** Where the model belongs: beside the one in use, or in its place where the file is called so. */
export function placeOf(out: string | undefined, from: FromModel | undefined): Place {
  if (from === undefined) return 'new';
  return from.champion === idFor(out) ? 'in-its-place' : { challengerTo: from.champion };
}

function idFor(out: string | undefined): string {
  const word = out === undefined ? undefined : asWord(basename(out).replace(/\.ya?ml$/i, ''), '-');
  return word ?? 'suggested';
}

export function writeModel(file: string, text: string): void {
  // Not over a file that came meanwhile.
  writeFileSync(file, text, { flag: 'wx' });
}
