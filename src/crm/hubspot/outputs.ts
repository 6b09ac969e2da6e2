import type { Outputs } from '../crm.ts';
import type { NewProperty } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { fitReasons } from './reasons-length.ts';

/** An output that has a property of its own; `promote` has none, it moves the lifecycle stage. */
export type OutputKey = Exclude<keyof Outputs, 'promote'>;

export interface OutputProperty extends Pick<NewProperty, 'type' | 'fieldType' | 'label' | 'description'> {
  readonly key: keyof HubspotConfig['outputs'];
}

/** The output properties in the order in which `setup` creates them, worded for the sales rep who will read them. */
export const OUTPUT_PROPERTIES: Readonly<Record<OutputKey, OutputProperty>> = {
  score: number(
    'score',
    'Lead score',
    'How promising this lead is: the points for fit and engagement together. Set by leadgauge.',
  ),
  fit: number(
    'fit',
    'Fit score',
    'How well this lead matches the customers we look for: title, company, industry and the like. Set by leadgauge.',
  ),
  engagement: number(
    'engagement',
    'Engagement score',
    'How much interest this lead showed lately: pages, forms, events. It fades with time. Set by leadgauge.',
  ),
  grade: text(
    'grade',
    'Lead grade',
    'Fit from A (best) to D, then engagement from 1 (best) to 4: B2 is a good match with some interest. Set by leadgauge.',
  ),
  reasons: {
    key: 'reasons',
    type: 'string',
    fieldType: 'textarea',
    label: 'Lead score reasons',
    description:
      'Why this lead has its score, strongest reason first. The points add up to the score. Set by leadgauge.',
  },
  flags: {
    key: 'flags',
    type: 'enumeration',
    fieldType: 'checkbox',
    label: 'Lead flags',
    description:
      'What to know before calling, such as a personal e-mail address or a visit to the careers page. Set by leadgauge.',
  },
  mql: {
    key: 'mql',
    type: 'bool',
    fieldType: 'booleancheckbox',
    label: 'Ready for sales',
    description: 'Yes while this lead meets all conditions of a marketing qualified lead. Set by leadgauge.',
  },
  modelVersion: text(
    'model_version',
    'Scoring model version',
    'Which version of the scoring model gave the score. Set by leadgauge.',
  ),
  scoredAt: time(
    'scored_at',
    'Score last changed',
    'When the score, its reasons or the flags last changed. Set by leadgauge.',
  ),
  mqlAt: time('mql_at', 'Passed to sales', 'When this lead was passed on to sales. Set by leadgauge.'),
  route: text('route', 'Lead route', 'Where this lead goes next, such as sales or nurture. Set by leadgauge.'),
  fastTrack: text(
    'fast_track',
    'Fast track',
    'The rule that sent this lead straight to sales, such as a demo request. Set by leadgauge.',
  ),
  fastTrackAt: time(
    'fast_track_at',
    'Fast-tracked',
    'When this lead did what sent it straight to sales: answer it soon. Set by leadgauge.',
  ),
};

type Key = keyof HubspotConfig['outputs'];

function number(key: Key, label: string, description: string): OutputProperty {
  return { key, type: 'number', fieldType: 'number', label, description };
}

function text(key: Key, label: string, description: string): OutputProperty {
  return { key, type: 'string', fieldType: 'text', label, description };
}

/** HubSpot shows a time with its `date` field. */
function time(key: Key, label: string, description: string): OutputProperty {
  return { key, type: 'datetime', fieldType: 'date', label, description };
}

export const OUTPUT_KEYS = Object.keys(OUTPUT_PROPERTIES).filter((key): key is OutputKey => key in OUTPUT_PROPERTIES);

export function propertyOf(config: HubspotConfig, key: OutputKey): string {
  return config.outputs[OUTPUT_PROPERTIES[key].key];
}

/** The given outputs as HubSpot takes them: all text, an empty one clears the property. */
export function encodeOutputs(config: HubspotConfig, outputs: Partial<Outputs>): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const key of OUTPUT_KEYS) {
    const value = outputs[key];
    if (value !== undefined) properties[propertyOf(config, key)] = encode(key, value);
  }
  return properties;
}

function encode(key: OutputKey, value: NonNullable<Outputs[OutputKey]>): string {
  if (typeof value === 'object') return [...new Set(value)].sort().join(';');
  if (OUTPUT_PROPERTIES[key].type === 'datetime') return new Date(Number(value)).toISOString();
  return key === 'reasons' ? fitReasons(String(value)) : String(value);
}

/**
 * What the output properties hold, in our terms. What someone overwrote with nonsense counts as absent, so that it is
 * written again. Once a lead has been scored, no flags and no reasons are an answer ("none") and not a gap.
 */
export function decodeOutputs(
  config: HubspotConfig,
  properties: Readonly<Record<string, string | null>>,
): Partial<Outputs> {
  const raw = (key: OutputKey) => properties[propertyOf(config, key)]?.trim() || undefined;
  const scoredAt = readTime(raw('scoredAt'));
  const none = scoredAt === undefined ? undefined : '';
  const flags = raw('flags') ?? none;
  const outputs: { -readonly [K in OutputKey]: Outputs[K] | undefined } = {
    score: readNumber(raw('score')),
    fit: readNumber(raw('fit')),
    engagement: readNumber(raw('engagement')),
    grade: raw('grade'),
    reasons: raw('reasons') ?? none,
    flags: flags === undefined ? undefined : readFlags(flags),
    mql: readBoolean(raw('mql')),
    modelVersion: raw('modelVersion'),
    scoredAt,
    mqlAt: readTime(raw('mqlAt')),
    route: raw('route'),
    fastTrack: raw('fastTrack'),
    fastTrackAt: readTime(raw('fastTrackAt')),
  };
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
}

function readNumber(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function readBoolean(text: string | undefined): boolean | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
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
