import { OVERRIDES, type Override } from '../../leads/lead.ts';
import { FOLLOW_UP_STATES, type FollowUpState, type OutputChange, type Outputs } from '../crm.ts';
import type { ModelOutputs, OutputNames } from '../outputs/output-model.ts';
import { CONFIG_KEYS, OUTPUTS } from '../outputs/output-names.ts';
import { OUTPUT_PROPERTIES } from '../outputs/output-properties.ts';
import { fitReasons } from '../outputs/reasons-length.ts';

type Properties = Readonly<Record<string, string | null>>;

/** The given outputs as HubSpot takes them: all text, an empty one clears the property. */
export function encodeOutputs(names: OutputNames, outputs: OutputChange): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const output of OUTPUTS) {
    const value = outputs[output];
    if (value !== undefined) properties[names[CONFIG_KEYS[output]]] = value === null ? '' : encode(output, value);
  }
  return properties;
}

function encode(output: keyof Outputs, value: Outputs[keyof Outputs]): string {
  if (typeof value === 'object') return [...new Set(value)].sort().join(';');
  if (OUTPUT_PROPERTIES[CONFIG_KEYS[output]].type === 'datetime') return new Date(Number(value)).toISOString();
  return output === 'reasons' || output === 'disqualified' ? fitReasons(String(value)) : String(value);
}

/** What the properties of each model hold, by the id of the model; a model of which they hold nothing is absent. */
export function decodeAll(models: readonly ModelOutputs[], properties: Properties): Record<string, Partial<Outputs>> {
  const decoded = models.map(({ model, names }) => [model.id, decodeOutputs(names, properties)] as const);
  return Object.fromEntries(decoded.filter(([, outputs]) => Object.keys(outputs).length > 0));
}

/**
 * What the output properties hold, in our terms. What someone overwrote with nonsense counts as absent, so that it is
 * written again. Once a lead has been scored, no flags and no reasons are an answer ("none") and not a gap.
 */
export function decodeOutputs(names: OutputNames, properties: Properties): Partial<Outputs> {
  const raw = (output: keyof Outputs) => properties[names[CONFIG_KEYS[output]]]?.trim() || undefined;
  const scoredAt = readTime(raw('scoredAt'));
  const none = scoredAt === undefined ? undefined : '';
  const flags = raw('flags') ?? none;
  const outputs: { -readonly [K in keyof Outputs]: Outputs[K] | undefined } = {
    score: readNumber(raw('score')),
    fit: readNumber(raw('fit')),
    engagement: readNumber(raw('engagement')),
    grade: raw('grade'),
    reasons: raw('reasons') ?? none,
    flags: flags === undefined ? undefined : readFlags(flags),
    mql: readBoolean(raw('mql')),
    persona: raw('persona'),
    disqualified: raw('disqualified'),
    modelVersion: raw('modelVersion'),
    scoredAt,
    mqlAt: readTime(raw('mqlAt')),
    route: raw('route'),
    fastTrack: raw('fastTrack'),
    fastTrackAt: readTime(raw('fastTrackAt')),
    leadAt: readTime(raw('leadAt')),
    recycledAt: readTime(raw('recycledAt')),
    stageReason: raw('stageReason'),
    nurture: raw('nurture'),
    nurtureAt: readTime(raw('nurtureAt')),
    routedAt: readTime(raw('routedAt')),
    followUpBy: readTime(raw('followUpBy')),
    followUp: readFollowUp(raw('followUp')),
    firstTouchedAt: readTime(raw('firstTouchedAt')),
    attempts: readNumber(raw('attempts')),
    overdue: readBoolean(raw('overdue')),
  };
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
}

/** What people decided, by the id of the model; undefined where they leave it to the models. Any other word is none. */
export function decodeOverrides(
  models: readonly ModelOutputs[],
  properties: Properties,
): Record<string, Override> | undefined {
  const found = models.flatMap(({ model, names }) => {
    const value = properties[names.override]?.trim().toLowerCase();
    const override = OVERRIDES.find((each) => each === value);
    return override === undefined ? [] : [[model.id, override] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

export function readNumber(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function readBoolean(text: string | undefined): boolean | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

function readFollowUp(text: string | undefined): FollowUpState | undefined {
  return FOLLOW_UP_STATES.find((state) => state === text);
}

function readFlags(text: string): string[] {
  const flags = text.split(';').map((flag) => flag.trim());
  return [...new Set(flags.filter((flag) => flag !== ''))].sort();
}

/** HubSpot gives a time as ISO text, or as milliseconds in some of its answers. */
export function readTime(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const time = /^-?\d{1,16}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
