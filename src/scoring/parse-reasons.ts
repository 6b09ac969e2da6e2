/** One line of points, as the CRM holds it. */
export interface ParsedReason {
  readonly points: number;
  /** What gave them, without when and how often; `…` for what the text had no room for. */
  readonly label: string;
}

/** Reads what `reasonsText` wrote. Lines without points, and whatever else a person wrote there, are left out. */
export function parseReasons(text: string): ParsedReason[] {
  return text.split('\n').flatMap((line) => {
    const [, sum] = CLOSING.exec(line) ?? [];
    if (sum !== undefined) return [{ points: Number(sum), label: '…' }];
    const [, points, label] = LINE.exec(line) ?? [];
    return points === undefined || label === undefined
      ? []
      : [{ points: Number(points), label: label.replace(OCCURRENCES, '') }];
  });
}

const CLOSING = /^… and \d+ more: ([+-]\d+)$/;
const LINE = /^([+-]\d+) (.+)$/;
const OCCURRENCES = / \((?:\d+ times, last )?\d{1,2} [A-Z][a-z]{2} -?\d+\)$/;
