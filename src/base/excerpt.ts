import { redactText } from './log.ts';

const LONGEST = 40;

/** The beginning of what somebody wrote, to show it in a message; an address or a credential that strayed into it is left out. */
export function excerpt(text: string): string {
  // Before it is cut: half an address is not known for one.
  const safe = redactText(text.replace(/\b(pat-|bearer\s+)[\w.-]{6,}/gi, '$1…'));
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe;
}
