import type { Clock } from '../base/clock.ts';
import { type Channel, oneLine, TIMEOUT } from './channel.ts';
import { post } from './post.ts';
import { slackText } from './slack-text.ts';

export interface SlackOptions {
  /** Of an incoming webhook: whoever knows it can write to its channel. */
  readonly url: string;
  readonly clock: Clock;
  /** Milliseconds until a message counts as lost. */
  readonly timeout?: number;
}

/** The channel of Slack that an incoming webhook leads to. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export function createSlack({ url, clock, timeout = TIMEOUT }: SlackOptions): Channel {
  return {
    name: 'slack',
    // Slack takes one a second. https://docs.slack.dev/apis/web-api/rate-limits
    perMinute: 30,
    async send(message, { signal } = {}) {
      const text = { type: 'mrkdwn', text: slackText(message), verbatim: true };
      const body = { text: oneLine(message.subject), blocks: [{ type: 'section', text }], unfurl_links: false };
      await post({
        name: 'Slack',
        variable: 'SLACK_WEBHOOK_URL',
        url,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        timeout,
        signal,
        now: clock.now(),
      });
      return undefined;
    },
  };
}
