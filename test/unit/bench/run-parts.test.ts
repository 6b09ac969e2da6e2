import { describe, expect, test } from 'vitest';
import { Disagreement, type Part } from '../../bench/part.ts';
import { runParts } from '../../bench/run-parts.ts';

const measures =
  (figure: number): Part['run'] =>
  () =>
    Promise.resolve({ json: { figure }, text: `the figure is ${figure}\n` });
const fails =
  (error: Error): Part['run'] =>
  () =>
    Promise.reject(error);

/** What came of the parts of these names, and what was printed by the time each of them began. */
async function outcomeOf(parts: Readonly<Record<string, Part['run']>>, json = false, signal = AbortSignal.any([])) {
  let out = '';
  const before: string[] = [];
  const told: string[] = [];
  const noted = Object.entries(parts).map(([name, run]): [string, Part] => [
    name,
    {
      run(say, options) {
        before.push(out);
        return run(say, options);
      },
    },
  ]);
  const code = await runParts(noted, {
    options: { leads: undefined, crm: undefined, signal },
    json,
    print: (text) => {
      out += text;
    },
    tellOf: (name) => ({ say: (line) => told.push(`${name}: ${line}`), clear() {} }),
  }).catch((error: unknown) => error);
  return { code, out, before, told };
}

const SCORING = 'scoring\n\nthe figure is 1\n';

test('each part is printed as soon as it has ended', async () => {
  const { code, out, before } = await outcomeOf({ scoring: measures(1), 'at-rest': measures(2) });
  expect({ code, before }).toEqual({ code: 0, before: ['', SCORING] });
  expect(out).toBe(`${SCORING}\nat-rest\n\nthe figure is 2\n`);
});

test('programs get one object, with the parts under names of theirs', async () => {
  const { code, out } = await outcomeOf({ scoring: measures(1), 'at-rest': measures(2) }, true);
  expect(code).toBe(0);
  expect(out).toBe('{"scoring":{"figure":1},"atRest":{"figure":2}}\n');
});

describe('where a later part does not end well, what was measured before is printed', () => {
  const parts = (error: Error) => ({ scoring: measures(1), sync: fails(error), history: measures(3) });
  const stopped = AbortSignal.abort();
  const ours = new Error('the portal is gone');

  test.each<[string, Error, AbortSignal | undefined, unknown]>([
    ['as the competitors disagree', new Disagreement('7 is not 8'), undefined, 1],
    ['as Ctrl-C stopped it', new Error('stopped'), stopped, 130],
    ['as something else went wrong', ours, undefined, ours],
  ])('%s', async (_, error, signal, code) => {
    expect(await outcomeOf(parts(error), false, signal)).toMatchObject({ code, out: SCORING, before: ['', SCORING] });
    expect(await outcomeOf(parts(error), true, signal)).toMatchObject({ code, out: '{"scoring":{"figure":1}}\n' });
  });

  test('and the reason is told', async () => {
    const { told } = await outcomeOf(parts(new Disagreement('7 is not 8')));
    expect(told).toEqual(['sync: 7 is not 8']);
  });
});
