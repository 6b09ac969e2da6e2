import { globSync, readFileSync } from 'node:fs';

/** A fenced example of the documentation. The words behind the fence say what it is. */
export interface Example {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Such as `yaml model`, with what it needs besides. */
  readonly info: string;
  readonly text: string;
  /** Of the whole documentation. */
  readonly place: number;
}

export const PAGES = ['README.md', ...globSync('docs/*.md').sort()];

export function readExamples(): readonly Example[] {
  return PAGES.flatMap((file) => {
    const page = readFileSync(file, 'utf8');
    return [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = '', 2: text = '', index }) => ({
      file,
      line: page.slice(0, index).split('\n').length,
      info,
      text,
    }));
  }).map((example, place) => ({ ...example, place }));
}

/** A question of a table in the documentation, with values that it holds for and values that it does not. */
export interface Question {
  readonly condition: string;
  /** Undefined stands for a missing value. */
  readonly yes: readonly (string | undefined)[];
  readonly no: readonly (string | undefined)[];
}

export function readQuestions(file: string): readonly Question[] {
  const rows = readFileSync(file, 'utf8').matchAll(/^\| `(\{.*?\})` \|(.*)\|(.*)\|$/gm);
  return [...rows].map(({ 1: condition = '', 2: yes = '', 3: no = '' }) => ({
    condition,
    yes: valuesOf(yes),
    no: valuesOf(no),
  }));
}

function valuesOf(cell: string): (string | undefined)[] {
  const values: (string | undefined)[] = [...cell.matchAll(/`([^`]+)`/g)].map(([, value]) => value);
  return cell.includes('nothing') ? [...values, undefined] : values;
}

const PREFIXES = ['npm run --silent leadgauge -- ', 'docker compose run --rm worker ', 'leadgauge '];

/** The lines of a shell example, one command each. */
export function commandsOf(text: string): string[] {
  return text
    .split(/\n|&&/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What leadgauge is asked on a command line; undefined where it is another program's. */
export function argumentsOf(command: string): string[] | undefined {
  const prefix = PREFIXES.find((each) => command.startsWith(each));
  return prefix === undefined ? undefined : command.slice(prefix.length).split(/\s+/);
}

/** Command lines within the text, such as `leadgauge check`. */
export function inlineCommands(): string[] {
  const inline = PAGES.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/`([^`\n]+)`/g)]);
  return [...new Set(inline.map(([, code = '']) => code))].filter((code) => argumentsOf(code) !== undefined);
}
