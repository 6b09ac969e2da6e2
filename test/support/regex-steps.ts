import { type Pattern, parsePattern } from './regex-syntax.ts';

/** What is to be matched after a place: whether all of the rest fits there. */
type Then = (at: number) => boolean;

interface Run {
  readonly characters: readonly string[];
  readonly multiline: boolean;
  readonly groups: Map<number, readonly [start: number, end: number]>;
  steps: number;
}

/** Whoever takes more than this for a short text takes too many. */
export const MOST_STEPS = 300_000;

class TooMany extends Error {}

/**
 * How many steps it takes to look for the expression in a text, wherever it may begin, as JavaScript does it: it tries one way after the
 * other, and goes back where one fails. Of an expression with the flag g, all of its finds. `MOST_STEPS` where it is that many or more.
 */
export function stepsOf(expression: RegExp, text: string): number {
  const run = runOf(expression, text);
  try {
    search(run, expression, () => {});
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    return MOST_STEPS;
  }
  return run.steps;
}

/** What it finds first; undefined where it finds nothing. */
export function finds(expression: RegExp, text: string): string | undefined {
  const run = runOf(expression, text);
  let first: string | undefined;
  search(run, expression, (start, end) => {
    first ??= run.characters.slice(start, end).join('');
  });
  return first;
}

function runOf({ unicode, multiline }: RegExp, text: string): Run {
  return { characters: unicode ? [...text] : text.split(''), multiline, groups: new Map(), steps: 0 };
}

function search(run: Run, expression: RegExp, onFound: (start: number, end: number) => void): void {
  const pattern = parsePattern(expression);
  const onlyAtStart = !run.multiline && isAnchored(pattern);
  for (let start = 0; start <= run.characters.length; ) {
    run.groups.clear();
    let end = start;
    const found = match(run, pattern, start, (at) => {
      end = at;
      return true;
    });
    if (found) onFound(start, end);
    if (found ? !expression.global : onlyAtStart) return;
    start = found ? Math.max(end, start + 1) : start + 1;
  }
}

function match(run: Run, pattern: Pattern, at: number, then: Then): boolean {
  run.steps += 1;
  if (run.steps >= MOST_STEPS) throw new TooMany();
  switch (pattern.kind) {
    case 'character':
      return at < run.characters.length && pattern.is(run.characters[at] ?? '') && then(at + 1);
    case 'sequence':
      return matchAll(run, pattern.parts, 0, at, then);
    case 'choice':
      return pattern.options.some((option) => match(run, option, at, then));
    case 'repeat':
      return matchRepeat(run, pattern, at, then);
    case 'group':
      return matchGroup(run, pattern, at, then);
    case 'look':
      return looksLike(run, pattern, at) === pattern.wanted && then(at);
    case 'again': {
      const [start, end] = run.groups.get(pattern.group) ?? [at, at];
      const same = run.characters.slice(start, end).every((one, place) => run.characters[at + place] === one);
      return same && then(at + end - start);
    }
    case 'edge':
      return isEdge(run, pattern.at, at) && then(at);
  }
}

function matchAll(run: Run, parts: readonly Pattern[], index: number, at: number, then: Then): boolean {
  const part = parts[index];
  return part === undefined ? then(at) : match(run, part, at, (next) => matchAll(run, parts, index + 1, next, then));
}

function matchRepeat(run: Run, pattern: Pattern & { kind: 'repeat' }, at: number, then: Then): boolean {
  const { body, least, most, lazy } = pattern;
  if (body.kind === 'character') return matchRun(run, pattern, body, at, then);
  const more = (count: number, from: number): boolean => {
    const another = () => count < most && match(run, body, from, (next) => next > from && more(count + 1, next));
    if (count < least) return match(run, body, from, (next) => more(count + 1, next));
    return lazy ? then(from) || another() : another() || then(from);
  };
  return more(0, at);
}

/** The same for one character again and again, without a call within a call for each. */
function matchRun(
  run: Run,
  { least, most, lazy }: Pattern & { kind: 'repeat' },
  { is }: Pattern & { kind: 'character' },
  at: number,
  then: Then,
): boolean {
  const fits = (count: number) => at + count < run.characters.length && is(run.characters[at + count] ?? '');
  let count = 0;
  const forth = (upTo: number) => {
    while (count < upTo && fits(count)) {
      count += 1;
      run.steps += 1;
    }
    return count === upTo;
  };
  if (!forth(least)) return false;
  if (lazy) {
    while (!then(at + count)) if (count >= most || !forth(count + 1)) return false;
    return true;
  }
  forth(most);
  for (; count >= least; count -= 1) {
    run.steps += 1;
    if (then(at + count)) return true;
  }
  return false;
}

function matchGroup(run: Run, { body, group }: Pattern & { kind: 'group' }, at: number, then: Then): boolean {
  if (group === undefined) return match(run, body, at, then);
  const before = run.groups.get(group);
  return match(run, body, at, (end) => {
    run.groups.set(group, [at, end]);
    if (then(end)) return true;
    if (before === undefined) run.groups.delete(group);
    else run.groups.set(group, before);
    return false;
  });
}

/** What lies behind is tried from the nearest place on: JavaScript goes backwards, in about as many steps. */
function looksLike(run: Run, { body, ahead }: Pattern & { kind: 'look' }, at: number): boolean {
  if (ahead) return match(run, body, at, () => true);
  const first = Math.max(0, at - longestOf(body));
  for (let start = at; start >= first; start -= 1) if (match(run, body, start, (end) => end === at)) return true;
  return false;
}

function longestOf(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'character':
      return 1;
    case 'sequence':
      return pattern.parts.reduce((sum, part) => sum + longestOf(part), 0);
    case 'choice':
      return Math.max(...pattern.options.map(longestOf));
    case 'repeat':
      return pattern.most * longestOf(pattern.body);
    case 'group':
      return longestOf(pattern.body);
    default:
      return 0;
  }
}

function isEdge({ characters, multiline }: Run, edge: '^' | '$' | 'b' | 'B', at: number): boolean {
  const before = characters[at - 1];
  const after = characters[at];
  if (edge === '^') return before === undefined || (multiline && /[\n\r\u2028\u2029]/.test(before));
  if (edge === '$') return after === undefined || (multiline && /[\n\r\u2028\u2029]/.test(after));
  const isWord = (one: string | undefined) => one !== undefined && /\w/.test(one);
  return (isWord(before) !== isWord(after)) === (edge === 'b');
}

/** Whether it can be found at the beginning only. */
function isAnchored(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'edge':
      return pattern.at === '^';
    case 'sequence':
      return pattern.parts.slice(0, 1).some(isAnchored);
    case 'choice':
      return pattern.options.every(isAnchored);
    case 'group':
      return isAnchored(pattern.body);
    default:
      return false;
  }
}
