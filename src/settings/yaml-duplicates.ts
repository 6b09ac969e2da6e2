import { type Document, isScalar, isSeq, type Pair, visit } from 'yaml';
import { excerpt } from '../base/excerpt.ts';
import type { Slip } from './yaml-locate.ts';

/** Takes keys that are in one place twice out of the document, where YAML would let the last one win, and tells of them. */
export function takeDuplicates(document: Document.Parsed, lineOf: (offset: number) => number): Slip[] {
  const slips: Slip[] = [];
  visit(document, {
    Map: (_key, map, above) => {
      const [begin] = map.items;
      const isEntry = isSeq(above.at(-1)) && map.flow !== true;
      const firsts = new Map<string, number>();
      const kept: typeof map.items = [];
      for (const pair of map.items) {
        const { word, offset } = keyOf(pair);
        const first = firsts.get(word);
        if (first === undefined) {
          firsts.set(word, offset);
          kept.push(pair);
          continue;
        }
        const beginsAnother = isEntry && begin !== undefined && keyOf(begin).word === word;
        const advice = beginsAnother
          ? 'begin another entry with "- ", or keep one of them'
          : map.flow === true && word === 'field'
            ? 'two questions go under all: [{ … }, { … }]'
            : 'keep one of them';
        const message = `the key "${excerpt(word)}" is here twice, first in line ${lineOf(first)}: ${advice}`;
        slips.push({ offset, message });
        // The rest is that entry's: its keys are here twice for the same reason.
        if (beginsAnother) break;
      }
      map.items = kept;
    },
  });
  return slips;
}

function keyOf({ key }: Pair): { readonly word: string; readonly offset: number } {
  return isScalar(key) ? { word: String(key.value), offset: key.range?.[0] ?? 0 } : { word: '', offset: 0 };
}
