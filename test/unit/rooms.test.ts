import { globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** From the top down: a room may import those below its own line, and itself. */
const STOREYS = [
  ['cli'],
  ['sandbox', 'jobs'],
  ['webhooks'],
  ['sync'],
  ['analysis'],
  ['queue'],
  ['settings'],
  ['crm'],
  ['notices'],
  ['ledger'],
  ['scoring'],
  ['leads'],
  ['base'],
];
const STOREY_OF = new Map(STOREYS.flatMap((rooms, storey) => rooms.map((room) => [room, storey])));
/** It must not share a mistake with what it is there to test. */
const SANDBOX_MAY_IMPORT = ['sandbox', 'leads', 'base'];

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = globSync(['src/**/*.ts', 'jobs/**/*.ts'], { cwd: ROOT });
const imports: readonly Import[] = files.flatMap((file) =>
  importsOf(readFileSync(join(ROOT, file), 'utf8'))
    // package.json is no room: the version is written there alone.
    .filter((target) => target.startsWith('.') && !target.endsWith('/package.json'))
    .map((target) => ({ from: file, to: relative(ROOT, resolve(ROOT, file, '..', target)) })),
);

test('the sources and their imports are found at all', () => {
  expect(files.length).toBeGreaterThan(10);
  expect(imports.length).toBeGreaterThan(10);
});

test('every file lies in a room', () => {
  expect(files.filter((file) => !STOREY_OF.has(roomOf(file)))).toEqual([]);
});

test('imports point down the list of rooms, never up', () => {
  expect(imports.filter(pointsUp).map(written)).toEqual([]);
});

test('the sandbox knows nothing of what it stands in for', () => {
  const strange = imports.filter(
    ({ from, to }) => roomOf(from) === 'sandbox' && !SANDBOX_MAY_IMPORT.includes(roomOf(to)),
  );
  expect(strange.map(written)).toEqual([]);
});

test('only the command line and the tests use the sandbox', () => {
  const users = imports.filter(
    ({ from, to }) => roomOf(to) === 'sandbox' && !['sandbox', 'cli'].includes(roomOf(from)),
  );
  expect(users.map(written)).toEqual([]);
});

test('files name the files that they import', () => {
  expect(imports.filter(({ to }) => !/\.(ts|json)$/.test(to)).map(written)).toEqual([]);
});

test('every package that the sources use is one that production installs', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const installed = new Set(Object.keys(dependencies));
  const used = files.flatMap((file) => importsOf(readFileSync(join(ROOT, file), 'utf8'))).filter(isPackage);
  expect([...new Set(used.map(packageOf))].filter((name) => !installed.has(name))).toEqual([]);
});

test('an import is noticed in each of its forms', () => {
  const text = `
    import './a.ts';
    import { b } from './b.ts';
    import type {
      C,
    } from "./c.ts";
    export * from './d.ts';
    const e = await import('./e.ts');
    type F = import('./f.ts').F;
  `;
  expect(importsOf(text)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts']);
});

function importsOf(text: string): string[] {
  const statement = /^\s*(?:import|export)\b(?:[^'"`;]*\bfrom)?\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/gm;
  return [...text.matchAll(statement)].map(([, named, called]) => named ?? called ?? '');
}

function isPackage(target: string): boolean {
  return !target.startsWith('.') && !target.startsWith('node:');
}

function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

function roomOf(file: string): string {
  const [top = '', room = ''] = file.split(/[\\/]/);
  return top === 'src' ? room : top;
}

function pointsUp({ from, to }: Import): boolean {
  const storey = STOREY_OF.get(roomOf(to));
  const own = STOREY_OF.get(roomOf(from));
  if (storey === undefined || own === undefined) return true;
  return roomOf(from) !== roomOf(to) && storey <= own;
}

function written({ from, to }: Import): string {
  return `${from} imports ${to}`;
}
