import { Disagreement, type Part, type PartOptions, type Result, type Say } from './part.ts';

/** Where a part says what it is doing. */
export interface Teller {
  readonly say: Say;
  /** Takes away what was only passing. */
  clear(): void;
}

export interface Running {
  readonly options: PartOptions;
  /** Whether all is printed as one object, for programs, in place of each part as it ends. */
  readonly json: boolean;
  print(text: string): void;
  tellOf(name: string): Teller;
}

/**
 * One part after the other, by their names. What was measured is printed whatever becomes of the next part. Exit codes: 0 measured, 1 the
 * competitors disagree, 130 stopped by Ctrl-C.
 */
export async function runParts(parts: readonly (readonly [string, Part])[], running: Running): Promise<number> {
  const { options, json, print, tellOf } = running;
  const measured: [string, Result][] = [];
  try {
    for (const [name, part] of parts) {
      const teller = tellOf(name);
      try {
        const result = await part.run(teller.say, options);
        if (!json) print(`${measured.length === 0 ? '' : '\n'}${name}\n\n${result.text}`);
        measured.push([name, result]);
      } catch (error) {
        if (options.signal.aborted) return 130;
        if (!(error instanceof Disagreement)) throw error;
        teller.say(error.message);
        return 1;
      } finally {
        teller.clear();
      }
    }
    return 0;
  } finally {
    const entries = measured.map(([name, result]) => [keyOf(name), result.json]);
    if (json) print(`${JSON.stringify(Object.fromEntries(entries))}\n`);
  }
}

/** `fast-track` is `fastTrack` for programs. */
const keyOf = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
