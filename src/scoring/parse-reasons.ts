/** One line of points, as the CRM holds it. */
export interface ParsedReason {
  readonly points: number;
  /** What gave them, without when and how often; `…` for what the text had no room for. */
  readonly label: string;
}

/**
 * Reads what `reasonsText` wrote. Lines without points, and whatever else a person wrote there, are left out.
 * @param isLabel whether something is called so as a whole, even where it ends as if it told a time: `Webinar (5 May 2026)`.
 */
export function parseReasons(text: string, isLabel: (label: string) => boolean = () => false): ParsedReason[] {
  return text.split('\n').flatMap((line) => {
    const [, sum] = CLOSING.exec(line) ?? [];
    if (sum !== undefined) return [{ points: Number(sum), label: '…' }];
    const [, points, label] = LINE.exec(line) ?? [];
    return points === undefined || label === undefined
      ? []
      : [{ points: Number(points), label: isLabel(label) ? label : label.replace(OCCURRENCES, '') }];
  });
}

const CLOSING = /^… and \d+ more: ([+-]\d+)$/;
const LINE = /^([+-]\d+) (.+)$/;
const OCCURRENCES = / \((?:\d+ times, last )?\d{1,2} [A-Z][a-z]{2} -?\d+\)$/;
