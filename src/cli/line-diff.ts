/**
 * What became of the lines of a JSON text: those that went with `- ` before them, those that came with `+ `, and nothing of the
 * rest. One that is no longer the last of a list, and so gets a comma, is the same.
 */
export function lineDiff(before: string, after: string): string[] {
  const [old, young] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')];
  const common = longestCommon(old, young);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && isSame(old[i], young[j])) {
      i += 1;
      j += 1;
    } else if (j >= young.length || (i < old.length && at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push(`- ${old[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${young[j]}`);
      j += 1;
    }
  }
  return lines;
}

/** How many lines the rest of the one text, from each line on, has in common with the rest of the other. */
function longestCommon(old: readonly string[], young: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(young.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = table[i] ?? [];
    for (let j = young.length - 1; j >= 0; j -= 1) {
      row[j] = isSame(old[i], young[j])
        ? at(table, i + 1, j + 1) + 1
        : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

const isSame = (one: string | undefined, other: string | undefined) => bare(one) === bare(other);
const bare = (line: string | undefined) => line?.replace(/,$/, '');
const at = (table: readonly (readonly number[])[], i: number, j: number) => table[i]?.[j] ?? 0;
