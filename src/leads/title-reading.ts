import type { NotOwn } from './title-others.ts';
import type { Phrases } from './title-phrases.ts';
import { BREAK } from './title-words.ts';

/** Something that a title says, and in which of its parts. */
export interface Said<Meaning> {
  readonly meaning: Meaning;
  /** 0 up to the first comma or the like, 1 up to the next, and so on. */
  readonly part: number;
}

export interface Vocabulary<Meaning> {
  /** A company's own phrases: no other phrase takes a word away from them. */
  readonly own: Phrases<Meaning>;
  readonly builtIn: Phrases<Meaning>;
  readonly others: Phrases<NotOwn>;
}

/**
 * All that a title says of the person who has it, from left to right: at each word the longest phrase counts, and its words are then
 * used up, so that "vice president" says nothing of a president. What is another's title or a former one is left out.
 * @param words as `titleWords` gives them.
 */
export function readTitle<Meaning>(words: readonly string[], vocabulary: Vocabulary<Meaning>): Said<Meaning>[] {
  const said: Said<Meaning>[] = [];
  let part = 0;
  let at = 0;
  while (at < words.length) {
    if (words[at] === BREAK) {
      part++;
      at++;
      continue;
    }
    const found = phraseAt(words, at, vocabulary);
    const other = vocabulary.others.at(words, at);
    if (other !== undefined && other.length > (found?.length ?? 0)) {
      const end = endOfPart(words, at);
      if (other.meaning === 'no longer' && at + other.length === end) {
        const isAlone = (words[at - 1] ?? BREAK) === BREAK;
        takeBack(said, isAlone ? part - 1 : part);
      }
      at = end;
      continue;
    }
    if (found !== undefined) said.push({ meaning: found.meaning, part });
    at += found?.length ?? 1;
  }
  return said;
}

function phraseAt<Meaning>(words: readonly string[], at: number, { own, builtIn }: Vocabulary<Meaning>) {
  const found = own.at(words, at) ?? builtIn.at(words, at);
  if (found === undefined || own.size === 0) return found;
  for (let next = at + 1; next < at + found.length; next++) {
    if (own.at(words, next) !== undefined) return own.at(words, at) ?? builtIn.at(words, at, next);
  }
  return found;
}

function endOfPart(words: readonly string[], at: number): number {
  const end = words.indexOf(BREAK, at);
  return end < 0 ? words.length : end;
}

/** Leaves out what this part and those behind it said. */
function takeBack(said: Said<unknown>[], part: number): void {
  for (let last = said.at(-1); last !== undefined && last.part >= part; last = said.at(-1)) said.pop();
}
