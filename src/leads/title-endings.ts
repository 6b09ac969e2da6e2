/**
 * The one form under which a word is looked up: the masculine of what ends like a feminine, and `a` for `ä` as for `ae`. What
 * comes out need be no word ("coffee" becomes "coffe"): the words of a table go the same way before they are compared.
 * @param word in small letters without accents.
 */
export function masculine(word: string): string {
  const plain = word.length > 3 && word.includes('e', 1) ? word.replace(SPELLED_OUT, '$1') : word;
  if (!LAST_LETTERS.has(plain.charCodeAt(plain.length - 1))) return plain;
  for (let length = Math.min(LONGEST_ENDING, plain.length); length > 1; length--) {
    const ending = ENDINGS.get(plain.slice(-length));
    if (ending !== undefined && plain.length - length + ending.length >= SHORTEST) {
      return plain.slice(0, -length) + ending;
    }
  }
  return plain;
}

/** "Ärztin" is a feminine, "era" and "free" are none. */
const SHORTEST = 4;
const SPELLED_OUT = /([aou])e/g;

const ENDINGS: ReadonlyMap<string, string> = new Map([
  // German: Leiterin, Ingenieurin, Direktorin, Prokuristin, Praktikantin, Assistentin, Doktorandin, Architektin, Ärztin, Anwältin,
  // Psychologin, Sekretärin, Therapeutin
  ...['er', 'eur', 'or', 'ist', 'ant', 'ent', 'and', 'ekt', 'zt', 'lt', 'log', 'ar', 'eut'].flatMap((masculine) => [
    [`${masculine}in`, masculine] as const,
    [`${masculine}innen`, masculine] as const,
  ]),
  ['frau', 'mann'],
  // French: directrice, développeuse, ingénieure, conseillère, technicienne, chargée, assistante, présidente
  ['trice', 'teur'],
  ['euse', 'eur'],
  ['eure', 'eur'],
  ['ere', 'er'],
  ['ienne', 'ien'],
  ['ee', 'e'],
  ['ante', 'ant'],
  ['ente', 'ent'],
  // Spanish and Portuguese: directora, ingeniera, engenheira, becaria, abogada, técnica
  ['ora', 'or'],
  ['era', 'ero'],
  ['eira', 'eiro'],
  ['aria', 'ario'],
  ['ada', 'ado'],
  ['ica', 'ico'],
]);

const LONGEST_ENDING = Math.max(...[...ENDINGS.keys()].map((ending) => ending.length));
/** Most words end otherwise and need no closer look. */
const LAST_LETTERS: ReadonlySet<number> = new Set(
  [...ENDINGS.keys()].map((ending) => ending.charCodeAt(ending.length - 1)),
);
