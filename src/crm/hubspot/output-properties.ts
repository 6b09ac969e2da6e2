import type { NewProperty } from './api/properties.ts';
import type { OutputKey } from './model-outputs.ts';

export type OutputProperty = Pick<NewProperty, 'type' | 'fieldType' | 'label' | 'description'>;

/** The properties of a model in the order in which `setup` creates them, worded for the sales rep who will read them. */
export const OUTPUT_PROPERTIES: Readonly<Record<OutputKey, OutputProperty>> = {
  score: number(
    'Lead score',
    'How promising this lead is: the points for fit and engagement together. Set by leadgauge.',
  ),
  fit: number(
    'Fit score',
    'How well this lead matches the customers we look for: title, company, industry and the like. Set by leadgauge.',
  ),
  engagement: number(
    'Engagement score',
    'How much interest this lead showed lately: pages, forms, events. It fades with time. Set by leadgauge.',
  ),
  grade: text(
    'Lead grade',
    'Fit from A (best) to D, then engagement from 1 (best) to 4: B2 is a good match with some interest. Set by leadgauge.',
  ),
  reasons: longText(
    'Lead score reasons',
    'Why this lead has its score, strongest reason first. The points add up to the score. Set by leadgauge.',
  ),
  flags: {
    type: 'enumeration',
    fieldType: 'checkbox',
    label: 'Lead flags',
    description:
      'What to know before calling, such as a personal e-mail address or a visit to the careers page. Set by leadgauge.',
  },
  mql: {
    type: 'bool',
    fieldType: 'booleancheckbox',
    label: 'Ready for sales',
    description: 'Yes while this lead meets all conditions of a marketing qualified lead. Set by leadgauge.',
  },
  persona: choice('Lead persona', 'Which of the people we sell to this lead is like. Set by leadgauge.'),
  disqualified: longText(
    'Not for sales because',
    'Why this lead is ruled out, whatever its score. Empty for a lead that is not. Set by leadgauge.',
  ),
  model_version: text('Scoring model version', 'Which version of the scoring model gave the score. Set by leadgauge.'),
  scored_at: time('Score last changed', 'When the score, its reasons or the flags last changed. Set by leadgauge.'),
  mql_at: time('Passed to sales', 'When this lead was passed on to sales. Set by leadgauge.'),
  route: text('Lead route', 'Where this lead goes next, such as sales or nurture. Set by leadgauge.'),
  fast_track: text(
    'Fast track',
    'The rule that sent this lead straight to sales, such as a demo request. Set by leadgauge.',
  ),
  fast_track_at: time(
    'Fast-tracked',
    'When this lead did what sent it straight to sales: answer it soon. Set by leadgauge.',
  ),
  override: choice(
    'Your decision on this lead',
    'Set it to decide against the model: ready for sales, or not for sales. Empty lets the model decide. leadgauge reads it and never changes it.',
  ),
};

function number(label: string, description: string): OutputProperty {
  return { type: 'number', fieldType: 'number', label, description };
}

function text(label: string, description: string): OutputProperty {
  return { type: 'string', fieldType: 'text', label, description };
}

function longText(label: string, description: string): OutputProperty {
  return { type: 'string', fieldType: 'textarea', label, description };
}

function choice(label: string, description: string): OutputProperty {
  return { type: 'enumeration', fieldType: 'select', label, description };
}

/** HubSpot shows a time with its `date` field. */
function time(label: string, description: string): OutputProperty {
  return { type: 'datetime', fieldType: 'date', label, description };
}
