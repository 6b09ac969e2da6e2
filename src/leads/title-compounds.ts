/** What a compound word such as "vertriebsleiter" is known by. */
export type Compounds<Value> = (word: string) => Value | undefined;

/**
 * Indexes endings (`*leiter`) and beginnings (`vertriebs*`) of words; the longest of each counts.
 * @param strength the lower the stronger: decides between an ending and a beginning. Of equals the ending counts, because a
 * compound names at its end what it is.
 */
export function indexCompounds<Value>(
  entries: Iterable<readonly [string, Value]>,
  strength: (value: Value) => number,
): Compounds<Value> {
  const endings = new Map<string, Value>();
  const beginnings = new Map<string, Value>();
  for (const [text, value] of entries) {
    const part = text.replace('*', '');
    const map = text.startsWith('*') ? endings : beginnings;
    if (!map.has(part)) map.set(part, value);
  }
  const lengths = [...endings.keys(), ...beginnings.keys()].map((part) => part.length);
  const longest = Math.max(0, ...lengths);
  const shortest = Math.min(longest, ...lengths);
  return (word) => {
    let ending: Value | undefined;
    let beginning: Value | undefined;
    for (let length = Math.min(longest, word.length - SHORTEST_REST); length >= shortest && length > 0; length--) {
      ending ??= endings.get(word.slice(-length));
      beginning ??= beginnings.get(word.slice(0, length));
    }
    if (ending === undefined || beginning === undefined) return ending ?? beginning;
    return strength(beginning) < strength(ending) ? beginning : ending;
  };
}

/** A compound is that much longer than what it is known by: "personaler" is none of "personal". */
const SHORTEST_REST = 3;
