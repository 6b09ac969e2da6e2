import { OVERRIDES, type Override } from '../../leads/lead.ts';
import { FOLLOW_UP_STATES, type OutputChange, type Outputs } from '../crm.ts';
import type { ModelOutputs, OutputNames } from '../outputs/output-model.ts';
import { CONFIG_KEYS, OUTPUTS } from '../outputs/output-names.ts';
import { fitReasons } from '../outputs/reasons-length.ts';
import { LONG_TEXT, outputField, TEXT } from './output-fields.ts';

/** What Salesforce takes for a field: null empties it. */
export type FieldValue = string | number | boolean | null;

/** The fields of a record by their API names: JSON values as REST gives them, or all text as Bulk does. */
export type FieldValues = Readonly<Record<string, unknown>>;

/** The given outputs as Salesforce takes them; what is null or an empty text clears the field. */
export function encodeOutputs(names: OutputNames, outputs: OutputChange): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  for (const output of OUTPUTS) {
    const value = outputs[output];
    if (value !== undefined) fields[names[CONFIG_KEYS[output]]] = encode(output, value);
  }
  return fields;
}

function encode(output: keyof Outputs, value: Outputs[keyof Outputs] | null): FieldValue {
  switch (outputField(CONFIG_KEYS[output]).type) {
    case 'Checkbox':
      // A checkbox is never empty.
      return value === true;
    case 'DateTime':
      return value === null ? null : wholeSeconds(Number(value));
    case 'MultiselectPicklist':
      return Array.isArray(value) ? [...new Set(value)].sort().join(';') || null : null;
    case 'LongTextArea':
      return value === null ? null : fitReasons(String(value), LONG_TEXT) || null;
    case 'Number':
      return value === null ? null : Number(value);
    default:
      return value === null ? null : shortened(String(value)) || null;
  }
}

/** What a text field takes; a character that takes two places is not cut in half. */
function shortened(text: string): string {
  return text
    .trim()
    .slice(0, TEXT)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}

/** Salesforce keeps no more of a time: what is read again is what was written. */
export function wholeSeconds(ms: number): string {
  return new Date(Math.floor(ms / 1_000) * 1_000).toISOString();
}

/** What the fields of each model hold, by the id of the model; a model of which they hold nothing is absent. */
export function decodeAll(models: readonly ModelOutputs[], fields: FieldValues): Record<string, Partial<Outputs>> {
  const decoded = models.map(({ model, names }) => [model.id, decodeOutputs(names, fields)] as const);
  return Object.fromEntries(decoded.filter(([, outputs]) => Object.keys(outputs).length > 0));
}

/**
 * What the output fields hold, in our terms. What someone overwrote with nonsense counts as absent, so that it is written again. Once a
 * lead has been scored, no flags and no reasons are an answer ("none") and not a gap; before, an empty checkbox is a gap and not an answer.
 * So is the one of a follow-up that was never begun.
 */
export function decodeOutputs(names: OutputNames, fields: FieldValues): Partial<Outputs> {
  const raw = (output: keyof Outputs) => textOf(fields[names[CONFIG_KEYS[output]]]);
  const scoredAt = readInstant(raw('scoredAt'));
  const isScored = scoredAt !== undefined;
  const none = isScored ? '' : undefined;
  const flags = raw('flags') ?? none;
  const mql = readBoolean(raw('mql'));
  const overdue = readBoolean(raw('overdue'));
  const followUp = FOLLOW_UP_STATES.find((state) => state === raw('followUp'));
  const outputs: { -readonly [K in keyof Outputs]: Outputs[K] | undefined } = {
    score: readNumber(raw('score')),
    fit: readNumber(raw('fit')),
    engagement: readNumber(raw('engagement')),
    grade: raw('grade'),
    reasons: lines(raw('reasons') ?? none),
    flags: flags === undefined ? undefined : readFlags(flags),
    mql: isScored || mql === true ? mql : undefined,
    persona: raw('persona'),
    disqualified: lines(raw('disqualified')),
    modelVersion: raw('modelVersion'),
    scoredAt,
    mqlAt: readInstant(raw('mqlAt')),
    route: raw('route'),
    fastTrack: raw('fastTrack'),
    fastTrackAt: readInstant(raw('fastTrackAt')),
    leadAt: readInstant(raw('leadAt')),
    recycledAt: readInstant(raw('recycledAt')),
    stageReason: raw('stageReason'),
    nurture: raw('nurture'),
    nurtureAt: readInstant(raw('nurtureAt')),
    routedAt: readInstant(raw('routedAt')),
    followUpBy: readInstant(raw('followUpBy')),
    followUp,
    firstTouchedAt: readInstant(raw('firstTouchedAt')),
    attempts: readNumber(raw('attempts')),
    overdue: followUp !== undefined || overdue === true ? overdue : undefined,
  };
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
}

/** What people decided, by the id of the model; undefined where they leave it to the models. Any other word is none. */
export function decodeOverrides(
  models: readonly ModelOutputs[],
  fields: FieldValues,
): Record<string, Override> | undefined {
  const found = models.flatMap(({ model, names }) => {
    const value = textOf(fields[names.override])?.toLowerCase();
    const override = OVERRIDES.find((each) => each === value);
    return override === undefined ? [] : [[model.id, override] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** A value as text without blanks around it; undefined where there is none, and for anything that is no plain value. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

export function readNumber(value: unknown): number | undefined {
  const text = textOf(value);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Milliseconds since 1970. REST writes `2026-11-16T09:00:00.000+0000`, Bulk `2026-11-16T09:00:00.000Z`. */
export function readInstant(value: unknown): number | undefined {
  const text = textOf(value)?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  const time = text === undefined || !/^\d{4}-\d\d-\d\dT/.test(text) ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function readBoolean(text: string | undefined): boolean | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

/** Who edits a long text by hand ends its lines in another way. */
function lines(text: string | undefined): string | undefined {
  return text?.replaceAll('\r\n', '\n');
}

function readFlags(text: string): string[] {
  const flags = text.split(';').map((flag) => flag.trim());
  return [...new Set(flags.filter((flag) => flag !== ''))].sort();
}
