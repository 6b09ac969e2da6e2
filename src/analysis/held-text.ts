import { redactText } from '../base/log.ts';

/** Grades are ours, but people may write into their property: whatever is none is `other`. */
export function heldGrade(text: string): string {
  return /^[A-D][1-4]$/.test(text) ? text : 'other';
}

const LONGEST_LINE = 120;

/** A line of a text property as it may be repeated: short, without addresses. */
export function heldLine(text: string): string {
  const safe = redactText(text);
  return safe.length > LONGEST_LINE ? `${safe.slice(0, LONGEST_LINE)}…` : safe;
}

const MOST_LINES = 20;

/** Several such lines. */
export function heldLines(text: string): string {
  const lines = text.split('\n');
  return [...lines.slice(0, MOST_LINES).map(heldLine), ...(lines.length > MOST_LINES ? ['…'] : [])].join('\n');
}
