import { expect, test } from 'vitest';
import { MINUTE } from '../../../src/base/clock.ts';
import { FatalError, RecordError, RetryableError } from '../../../src/base/errors.ts';
import { createSlack } from '../../../src/notices/slack.ts';
import { type HttpTarget, openHttpTarget } from '../../support/http-target.ts';
import { messageOf } from '../../support/messages.ts';
import { createTestClock } from '../../support/test-clock.ts';

const clock = createTestClock();

async function openSlack(timeout?: number) {
  const target = await openHttpTarget();
  const slack = createSlack({ url: target.url, clock, ...(timeout !== undefined && { timeout }) });
  return { target, slack };
}

const textIn = ({ requests }: HttpTarget) => JSON.parse(requests[0]?.body ?? '{}').blocks[0].text.text;

test('a message mentions whom it is for, says why and leads to the CRM', async () => {
  const { target, slack } = await openSlack();
  await slack.send(messageOf());
  expect(target.requests).toHaveLength(1);
  expect(target.requests[0]?.headers['content-type']).toMatch(/^application\/json/);
  expect(JSON.parse(target.requests[0]?.body ?? '')).toEqual({
    text: 'Demo request: follow up by Mon 16 Nov, 09:05 UTC',
    blocks: [
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          verbatim: true,
          text: [
            '*Demo request: follow up by Mon 16 Nov, 09:05 UTC*',
            '<@U012AB3CD>',
            'Score 80, grade A1.',
            '+30 Demo request (16 Nov 2026)',
            '<https://app.example.com/contacts/1/record/0-1/12|Open in the CRM>',
          ].join('\n'),
        },
      },
    ],
    unfurl_links: false,
  });
});

test('whoever has no member id is named by their address', async () => {
  const { target, slack } = await openSlack();
  await slack.send(messageOf({ people: [{ email: 'bo@example.com' }, { ownerId: '9' }] }));
  expect(textIn(target).split('\n')[1]).toBe('bo@example.com, owner 9');
});

test('no text becomes a mention, a link or another line', async () => {
  const { target, slack } = await openSlack();
  const lines = [
    '<!channel> & <https://evil.example|click>',
    { text: 'a|b>c', link: 'https://crm.example/1?a=1&b=<|>' },
  ];
  await slack.send(messageOf({ subject: 'Demo\n<!here>', lines, people: [], link: undefined }));
  expect(textIn(target).split('\n')).toEqual([
    '*Demo &lt;!here&gt;*',
    '&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;',
    '<https://crm.example/1?a=1&amp;b=%3C%7C%3E|a/b&gt;c>',
  ]);
});

test('a long digest ends with what was left out, and with its link', async () => {
  const { target, slack } = await openSlack();
  const lines = Array.from({ length: 60 }, (_, index) => ({
    text: `Lead ${index}`,
    link: `https://crm.example/${'x'.repeat(60)}${index}`,
  }));
  await slack.send(messageOf({ lines }));
  const text: string = textIn(target);
  expect(text.length).toBeLessThanOrEqual(3_000);
  const shown = text.match(/Lead \d+/g)?.length ?? 0;
  expect(text).toContain(`… and ${60 - shown} lines more`);
  expect(text).toMatch(/Open in the CRM>$/);
});

test('what passes by itself is to be tried again, and not before Slack says', async () => {
  const { target, slack } = await openSlack();
  target.answerWith(
    { status: 429, headers: { 'retry-after': '30' } },
    { status: 503, headers: { 'retry-after': new Date(clock.now() + 5 * MINUTE).toUTCString() } },
    { status: 500, body: 'rollup_error' },
    'hangs up',
  );
  const error = async () => {
    const thrown = await slack.send(messageOf()).catch((caught: unknown) => caught);
    expect(thrown).toBeInstanceOf(RetryableError);
    return thrown;
  };
  expect(await error()).toMatchObject({ message: 'Slack answered 429', retryAfter: 30_000 });
  expect(await error()).toMatchObject({ message: 'Slack answered 503', retryAfter: 5 * MINUTE });
  expect(await error()).toMatchObject({ message: 'Slack answered 500 (rollup_error)', retryAfter: undefined });
  expect(await error()).toMatchObject({ message: 'Slack cannot be reached' });
  expect(await slack.send(messageOf())).toBeUndefined();
});

test('a Slack that stalls counts as lost, and a stop is not waited for', async () => {
  const { target, slack } = await openSlack(50);
  target.answerWith('stalls', 'stalls');
  await expect(slack.send(messageOf())).rejects.toThrow('Slack did not answer within 0.05 s');
  const stop = new AbortController();
  const sending = createSlack({ url: target.url, clock }).send(messageOf(), { signal: stop.signal });
  stop.abort(new Error('the process is stopping'));
  await expect(sending).rejects.toThrow('the process is stopping');
});

test('an address that leads nowhere is for a person to mend, a refused message is given up', async () => {
  const { target, slack } = await openSlack();
  target.answerWith(
    { status: 404, body: 'no_service' },
    { status: 410, body: 'channel_is_archived' },
    { status: 302, headers: { location: 'https://elsewhere.example/' } },
    { status: 400, body: 'invalid_blocks' },
  );
  const error = () => slack.send(messageOf()).catch((caught: unknown) => caught);
  const archived = 'Slack answered 410 (channel_is_archived): check SLACK_WEBHOOK_URL';
  expect(await error()).toEqual(new FatalError('Slack answered 404 (no_service): check SLACK_WEBHOOK_URL'));
  expect(await error()).toEqual(new FatalError(archived));
  expect(await error()).toBeInstanceOf(FatalError);
  expect(await error()).toEqual(new RecordError('Slack answered 400 (invalid_blocks) to this message'));
  expect(target.requests).toHaveLength(4);
});

test('nothing of the address, and nothing that is no word of an error, comes into a message', async () => {
  const { target, slack } = await openSlack();
  target.answerWith({ status: 403, body: `<html>ann@example.com ${'x'.repeat(100_000)}` });
  const error = await slack.send(messageOf()).catch((caught: unknown) => caught);
  expect(String(error)).toBe('FatalError: Slack answered 403: check SLACK_WEBHOOK_URL');
});
