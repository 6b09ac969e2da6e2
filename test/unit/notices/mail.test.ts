import { expect, test } from 'vitest';
import { FatalError, RecordError, RetryableError } from '../../../src/base/errors.ts';
import type { Message } from '../../../src/notices/channel.ts';
import { createMail } from '../../../src/notices/mail.ts';
import { freePort } from '../../support/free-port.ts';
import { messageOf } from '../../support/messages.ts';
import { type MailRefusals, openMailTarget, openSilentMailTarget } from '../../support/smtp-target.ts';

const FROM = 'Leads <leads@example.com>';

async function open(refusals?: MailRefusals) {
  const target = await openMailTarget(refusals);
  return { target, mail: createMail({ url: target.url, from: FROM }) };
}

/** What a server that refuses so makes of a message. */
async function errorOf(refusals: MailRefusals, own?: Partial<Message>): Promise<unknown> {
  const { mail } = await open(refusals);
  return mail.send(messageOf(own)).catch((caught: unknown) => caught);
}

test('a message goes to everybody whom it is for, in plain text', async () => {
  const { target, mail } = await open();
  const people = [{ email: 'ann@example.com' }, { email: 'bo@example.com', slack: 'U012AB3CD' }, { ownerId: '9' }];
  expect(await mail.send(messageOf({ people }))).toBeUndefined();
  const [received] = target.messages;
  expect(received).toMatchObject({ from: 'leads@example.com', to: ['ann@example.com', 'bo@example.com'] });
  expect(received?.headers).toMatchObject({
    from: FROM,
    subject: 'Demo request: follow up by Mon 16 Nov, 09:05 UTC',
    'content-type': 'text/plain; charset=utf-8',
    'message-id': '<routed-0123456789abcdef@example.com>',
    'auto-submitted': 'auto-generated',
  });
  expect(received?.text).toBe(
    [
      'Score 80, grade A1.',
      '+30 Demo request (16 Nov 2026)',
      '',
      'Open in the CRM: https://app.example.com/contacts/1/record/0-1/12',
    ].join('\n'),
  );
});

test('a subject is one line, whatever is in it', async () => {
  const { target, mail } = await open();
  await mail.send(messageOf({ subject: `Demo\r\nBcc: eve@example.com\u2028${'x'.repeat(400)}` }));
  const [received] = target.messages;
  expect(received?.to).toEqual(['ann@example.com']);
  expect(received?.headers.bcc).toBeUndefined();
  expect(received?.headers.subject).toMatch(/^Demo Bcc: eve@example\.com x{10}/);
  expect(received?.headers.subject?.length).toBeLessThanOrEqual(210);
});

test.each([
  'ann@example.com\r\nBcc: eve@example.com',
  'ann@example.com>, <eve@example.com',
  'ann@example.com, eve@example.com',
])('an address in the CRM makes no header and no recipient more: %j', async (email) => {
  const { target, mail } = await open();
  await mail.send(messageOf({ people: [{ email }] })).catch(() => undefined);
  for (const { to, headers } of target.messages) {
    expect(to.filter((address) => address === 'eve@example.com')).toEqual([]);
    expect(headers.bcc).toBeUndefined();
  }
});

test('lines lead to their leads, and no line makes two', async () => {
  const { target, mail } = await open();
  const lines = ['one\nline', { text: 'A lead', link: 'https://crm.example/1' }];
  await mail.send(messageOf({ lines, link: undefined }));
  expect(target.messages[0]?.text).toBe('one line\nA lead\n  https://crm.example/1');
});

test('a server that wants a login gets it, in the words that the address gives', async () => {
  const target = await openMailTarget({ login: ['leads@example.com', 'p@ss/word'] });
  const url = `smtp://leads%40example.com:p%40ss%2Fword@127.0.0.1:${target.port}`;
  await createMail({ url, from: FROM }).send(messageOf());
  expect(target.messages).toHaveLength(1);
});

test('a login that is refused or missing is for a person to mend', async () => {
  const target = await openMailTarget({ login: ['leads', 'right'] });
  const by = (login: string) => createMail({ url: `smtp://${login}127.0.0.1:${target.port}`, from: FROM });
  const error = (login: string) =>
    by(login)
      .send(messageOf())
      .catch((caught: unknown) => caught);
  expect(await error('leads:wrong@')).toBeInstanceOf(FatalError);
  expect(String(await error('leads:wrong@'))).toMatch(
    /answered 535 to AUTH \w+: check the user and the password in SMTP_URL$/,
  );
  expect(String(await error(''))).toMatch(/^FatalError: the mail server answered 530 .*SMTP_URL$/);
});

test('no password goes over the wire in clear but on this machine', async () => {
  const target = await openMailTarget({ login: ['leads', 'right'] });
  const url = `smtp://leads:right@0.0.0.0:${target.port}`;
  const error = await createMail({ url, from: FROM })
    .send(messageOf())
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FatalError);
  expect(String(error)).toContain('it offers no TLS, without which no password is sent');
  expect(target.messages).toEqual([]);
});

test('a certificate that nobody vouches for is not believed', async () => {
  const error = await errorOf({ tls: true });
  expect(error).toBeInstanceOf(FatalError);
  expect(String(error)).toMatch(/a certificate that cannot be trusted \([A-Z_]+\): check SMTP_URL$/);
});

test('an address that is refused is told of, where others are not', async () => {
  const recipient = (address: string) => (address === 'bo@example.com' ? 550 : undefined);
  const { target, mail } = await open({ recipient });
  const people = [{ email: 'ann@example.com' }, { email: 'bo@example.com' }];
  expect(await mail.send(messageOf({ people }))).toBe('the mail server refused 1 of 2 addresses');
  expect(target.messages[0]?.to).toEqual(['ann@example.com']);
});

test('where nobody is left the message is given up, or tried again where the server says so', async () => {
  expect(await errorOf({ recipient: () => 550 })).toEqual(new RecordError('the mail server answered 550 to RCPT TO'));
  expect(await errorOf({ recipient: () => 450 })).toEqual(
    new RetryableError('the mail server answered 450 to RCPT TO'),
  );
  expect(await errorOf({}, { people: [{ ownerId: '9' }] })).toBeInstanceOf(RecordError);
});

test('a message that is refused is given up, a sender that is refused must be mended', async () => {
  expect(await errorOf({ message: () => 554 })).toEqual(new RecordError('the mail server answered 554 to DATA'));
  expect(await errorOf({ message: () => 451 })).toBeInstanceOf(RetryableError);
  expect(String(await errorOf({ sender: () => 553 }))).toBe(
    'FatalError: the mail server answered 553 to MAIL FROM: check notify.email.from in config/sales.yaml',
  );
});

test('a server that is away or says nothing is tried again', async () => {
  const away = createMail({ url: `smtp://127.0.0.1:${await freePort()}`, from: FROM });
  await expect(away.send(messageOf())).rejects.toThrow(/^the mail server cannot be reached, or hung up/);
  const { url } = await openSilentMailTarget();
  await expect(createMail({ url, from: FROM, timeout: 100 }).send(messageOf())).rejects.toBeInstanceOf(RetryableError);
});

test('a stop is not waited for', async () => {
  const { url } = await openSilentMailTarget();
  const stop = new AbortController();
  const sending = createMail({ url, from: FROM }).send(messageOf(), { signal: stop.signal });
  stop.abort(new Error('the process is stopping'));
  await expect(sending).rejects.toThrow('the process is stopping');
});
