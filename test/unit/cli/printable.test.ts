import { styleText } from 'node:util';
import { expect, test } from 'vitest';
import { printable } from '../../../src/cli/io.ts';

test.each([
  ['clears the screen', 'Acme\u001b[2J\u001b[H', 'Acme[2J[H'],
  ['goes back and writes over', 'score 10\r\bscore 99', 'score 10score 99'],
  ['renames the window', '\u001b]0;ok\u0007Acme', ']0;okAcme'],
  ['writes what cannot be seen', '\u001b[8mhidden\u001b[08m', '[8mhidden[08m'],
  ['begins with the other escape', '\u009b2J\u009d0;ok\u009c', '2J0;ok'],
])('a text of a lead that %s does nothing to the terminal', (_what, text, left) => {
  expect(printable(text)).toBe(left);
});

test('lines, columns, letters of all languages and our own colours stay', () => {
  const ours = styleText(['bold', 'red'], 'x', { validateStream: false });
  const text = `${ours} Zoë 株式会社 🎉\n\tMüller – “Sales”`;
  expect(printable(text)).toBe(text);
});
