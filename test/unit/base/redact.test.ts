import { expect, test } from 'vitest';
import { redactAdvice, redactText } from '../../../src/base/log.ts';

test('no address and no credential is left in a text', () => {
  expect(redactText('ada@acme.example and ann@example.com wrote; pat-na1-abcdefgh')).toBe(
    '[e-mail] and [e-mail] wrote; [token]',
  );
});

test.each([
  ['write one such as ann@example.com.', 'write one such as ann@example.com.'],
  ['smtp://user:password@smtp.example.com:587', 'smtp://user:password@smtp.example.com:587'],
  ['ada@acme.example is nobody', '[e-mail] is nobody'],
  ['ada@example.com.evil.com, ada@notexample.com', '[e-mail], [e-mail]'],
  ['ada%40acme.com@smtp.example.com', '[e-mail]'],
  ['Bearer abcdefgh@example.com', '[token]@example.com'],
])('of a message about config only our own examples are: %s', (text, left) => {
  expect(redactAdvice(text)).toBe(left);
});
