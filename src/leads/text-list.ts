/** A long list of texts, as far as one is asked whether it has one. */
export interface TextList {
  /** How many there are; one that is there twice counts twice. */
  readonly length: number;
  has(text: string): boolean;
}

/**
 * A JSON list of texts, as it is read from a file, looked up in the JSON itself: a set of a hundred thousand texts takes several times the
 * memory, and is gone through whenever the heap is cleared.
 * @throws SyntaxError where it is none.
 */
export function textList(file: Buffer): TextList {
  // A byte for each letter: one letter of another script would make it two for all of them.
  const json = file.toString('latin1');
  // What is written with escapes does not stand there as it is.
  if (json.includes('\\')) return listOf(JSON.parse(file.toString('utf8')));
  const starts = startsOf(json);
  const places = new Uint32Array(slotsFor(starts.length));
  const mask = places.length - 1;
  for (const start of starts) {
    let slot = hashOf(json, start, json.indexOf('"', start)) & mask;
    while (places[slot] !== 0) slot = (slot + 1) & mask;
    places[slot] = start;
  }
  return {
    length: starts.length,
    has(wanted) {
      if (wanted.includes('"')) return false;
      const text = asBytes(wanted);
      let slot = hashOf(text, 0, text.length) & mask;
      for (let start = places[slot]; start !== undefined && start !== 0; start = places[slot]) {
        if (json.startsWith(text, start) && json[start + text.length] === '"') return true;
        slot = (slot + 1) & mask;
      }
      return false;
    },
  };
}

const asBytes = (text: string) => (/^[ -~]*$/.test(text) ? text : Buffer.from(text).toString('latin1'));

function listOf(list: readonly unknown[]): TextList {
  const texts = new Set(list);
  return { length: list.length, has: (text) => texts.has(text) };
}

/** Where each begins, behind its quotation mark. */
function startsOf(json: string): number[] {
  const starts: number[] = [];
  for (let open = json.indexOf('"'); open >= 0; ) {
    const close = json.indexOf('"', open + 1);
    if (close < 0) throw new SyntaxError('the list ends within a text');
    starts.push(open + 1);
    open = json.indexOf('"', close + 1);
  }
  return starts;
}

/** A power of two, so that at least half of the slots stay empty. */
const slotsFor = (texts: number) => 2 ** Math.ceil(Math.log2(2 * texts + 2));

/** FNV-1a. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let index = from; index < to; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}
