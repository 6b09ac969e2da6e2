import type { NoticeLine } from '../ledger/outbox.ts';
import { type Message, oneLine, type Person } from './channel.ts';

/** What a section of a message holds at most. https://docs.slack.dev/reference/block-kit/blocks/section-block */
const LONGEST = 3_000;

/**
 * The message in Slack's own markup: who is meant by mentioning them, and links by their words. Everything else is escaped, so that
 * no text becomes a mention or a link. https://docs.slack.dev/messaging/formatting-message-text
 */
export function slackText({ subject, people, lines, link }: Message): string {
  const head = [`*${escaped(subject)}*`, ...(people.length === 0 ? [] : [people.map(nameOf).join(', ')])];
  const foot = link === undefined ? [] : [linked('Open in the CRM', link)];
  const texts = lines.map(lineText);
  for (let kept = texts.length; ; kept -= 1) {
    const left = kept < texts.length ? [`… and ${texts.length - kept} lines more`] : [];
    const text = [...head, ...texts.slice(0, kept), ...left, ...foot].join('\n');
    if (text.length <= LONGEST || kept === 0) return text.slice(0, LONGEST);
  }
}

function lineText(line: NoticeLine): string {
  return typeof line === 'string' ? escaped(line) : linked(line.text, line.link);
}

/** An address where Slack's id of them is not known. */
function nameOf({ slack, email, ownerId }: Person): string {
  if (slack !== undefined) return `<@${slack}>`;
  return escaped(email ?? `owner ${ownerId ?? 'unknown'}`);
}

function linked(text: string, link: string): string {
  // A bar would end the address, and brackets the whole link.
  const address = link.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return `<${address.replaceAll('&', '&amp;')}|${escaped(text).replaceAll('|', '/')}>`;
}

/** The three characters that Slack reads as markup. */
function escaped(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
