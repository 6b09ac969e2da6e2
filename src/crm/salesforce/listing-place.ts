import { PERSON_KINDS, type PersonKind } from './person-kind.ts';

/** Where a listing of all leads has got to. */
export interface ListingPlace {
  readonly kind: PersonKind;
  /** The id of the bulk job whose results are read; undefined before there is one. */
  readonly job?: string | undefined;
  /** Of the results page; undefined for the first. */
  readonly locator?: string | undefined;
  /** How many of its rows were handed out. */
  readonly row: number;
  /** How many jobs were lost on the way. */
  readonly lost: number;
}

/** As one text without blanks, which may be kept for days: `Lead:750…:MTAwMDA:400:0`. */
export function placeText({ kind, job = '', locator = '', row, lost }: ListingPlace): string {
  return [kind, job, locator, String(row), String(lost)].map(encodeURIComponent).join(':');
}

/** The beginning for a text that is none of ours: what another version kept, or another CRM. */
export function readPlace(text: string | undefined): ListingPlace {
  const parts = (text ?? '').split(':').map((part) => decode(part));
  const [kindText, job, locator, row, lost] = parts;
  const kind = PERSON_KINDS.find((each) => each === kindText);
  if (kind === undefined || parts.length !== 5) return BEGINNING;
  return { kind, job: job || undefined, locator: locator || undefined, row: count(row), lost: count(lost) };
}

const BEGINNING: ListingPlace = { kind: 'Lead', row: 0, lost: 0 };

function count(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
