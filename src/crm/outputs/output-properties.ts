import type { OutputKey } from './output-model.ts';

/** What an output is like in a CRM, in HubSpot's words for its types, and what people read beside it. */
export interface OutputProperty {
  readonly type: 'number' | 'string' | 'enumeration' | 'bool' | 'datetime';
  readonly fieldType: 'number' | 'text' | 'textarea' | 'select' | 'checkbox' | 'booleancheckbox' | 'date';
  readonly label: string;
  readonly description: string;
}

/** Every description has this word: by it `remove` knows a property that it may take for ours. */
export const OUR_WORD = 'leadgauge';

/** What is typed over it is put right when the lead is scored next. */
const REPLACED = 'Set by leadgauge: please do not edit it, as what is typed here is replaced.';
/** It is set once, and leadgauge goes by it. */
const KEPT = 'Set by leadgauge: please do not edit it.';
const DECIDE = 'If you know better, use "Your decision on this lead".';

/**
 * The properties of a model in the order in which `setup` creates them. HubSpot shows the description to the sales rep who
 * reads the value: what it says, when it changes, what to do with it.
 */
export const OUTPUT_PROPERTIES: Readonly<Record<OutputKey, OutputProperty>> = {
  score: number(
    'Lead score',
    `How promising this lead is: the points for fit and engagement together. The highest are worth the first call. It moves when what we know of the lead changes and when the lead does something, and falls as interest fades. ${REPLACED}`,
  ),
  fit: number(
    'Fit score',
    `How well this lead matches the customers we look for, by title, company, industry and the like. It moves only when these do. A high one with little engagement is somebody to win over. ${REPLACED}`,
  ),
  engagement: number(
    'Engagement score',
    `How much interest this lead showed lately, by forms, pages, e-mails and events. It rises at once and fades with time, so a high one is worth a call soon. ${REPLACED}`,
  ),
  grade: text(
    'Lead grade',
    `Fit from A (best) to D, then engagement from 1 (best) to 4. A1 comes first; A4 matches well but is quiet; D1 is keen, but not somebody we look for. It moves with the two scores. ${REPLACED}`,
  ),
  reasons: longText(
    'Lead score reasons',
    `Why this lead has its score, strongest reason first: the points add up to it. Read it before you call, to know what the lead did and cares about. It moves with the score. ${REPLACED}`,
  ),
  flags: {
    type: 'enumeration',
    fieldType: 'checkbox',
    label: 'Lead flags',
    description: `What to know before calling, such as a personal e-mail address or a visit to the careers page. A flag goes when its cause does. ${REPLACED}`,
  },
  mql: {
    type: 'bool',
    fieldType: 'booleancheckbox',
    label: 'Ready for sales',
    description: `Yes while this lead meets every condition of a marketing qualified lead, No once it does not. ${DECIDE} ${REPLACED}`,
  },
  persona: choice(
    'Lead persona',
    `Which of the kinds of people we sell to this lead is like: choose your words by it. It follows what we know of the lead, and is empty where none fits. ${REPLACED}`,
  ),
  disqualified: longText(
    'Not for sales because',
    `Why this lead is ruled out, whatever its score: while something stands here, there is no need to call. ${DECIDE} ${REPLACED}`,
  ),
  model_version: text(
    'Scoring model version',
    `Which version of the scoring model gave the score. It changes when marketing changes the model, and tells why a score moved although the lead did nothing. ${REPLACED}`,
  ),
  scored_at: time(
    'Score last changed',
    `When the score, its reasons or the flags last changed. If that is long ago, nothing new is known of this lead. ${REPLACED}`,
  ),
  mql_at: time('Passed to sales', `When this lead was passed to sales: from then on it is yours to follow up. ${KEPT}`),
  route: text(
    'Lead route',
    `Where this lead goes next, set when it is passed on: sales means that it waits for your call, nurture that marketing keeps in touch with it for now. ${KEPT}`,
  ),
  fast_track: text(
    'Fast track',
    `The rule that sent this lead straight to sales, such as a demo request: the lead asked for us, so answer it before others. ${KEPT}`,
  ),
  fast_track_at: time(
    'Fast-tracked',
    `When this lead did what sent it straight to sales. The task on it says by when to answer. ${KEPT}`,
  ),
  lead_at: time(
    'Became a lead',
    `When this person, so far no more than a subscriber, became a lead by the scores. There is nothing to do about it yet. ${KEPT}`,
  ),
  recycled_at: time(
    'Given back to marketing',
    `When this lead last went back to marketing, as it had cooled down or sales said so. It comes to you again once it shows new interest. ${KEPT}`,
  ),
  stage_reason: text(
    'Why the stage moved',
    `Why leadgauge last moved the lifecycle stage of this lead, in one line. It changes with the next move. ${KEPT}`,
  ),
  nurture: text(
    'Nurture series',
    `Which series of e-mails this lead was last routed to, by what it downloaded or signed up for. Workflows can start from it. ${KEPT}`,
  ),
  nurture_at: time(
    'Routed to nurture',
    `When this lead did what routed it to its nurture series. It moves when it does so again. ${KEPT}`,
  ),
  routed_at: time(
    'Routed to sales',
    `When this lead was last routed to sales: the clock of the follow-up runs from here. It moves when the lead asks for sales again. ${KEPT}`,
  ),
  follow_up_by: time(
    'Follow up by',
    `By when to call or write to this lead for the first time, within your working hours. Log the call, or send the e-mail from the record, and it counts. ${KEPT}`,
  ),
  follow_up: choice(
    'Follow-up',
    `How the follow-up of this lead stands. It moves when you log a call, an e-mail or a meeting or set the lead status, and when time runs out. ${KEPT}`,
  ),
  first_touched_at: time(
    'First touched',
    `When somebody first called, wrote to or met this lead after it was routed to sales. Empty means that nobody has yet. ${KEPT}`,
  ),
  attempts: number(
    'Follow-up attempts',
    `How often sales called or wrote to this lead since it was routed to them, whether they reached it or not. It rises when you log a call or an e-mail. ${KEPT}`,
  ),
  overdue: {
    type: 'bool',
    fieldType: 'booleancheckbox',
    label: 'Follow-up overdue',
    description: `Yes while a try to reach this lead is late: make it now. No once it is made, or the follow-up is over. ${KEPT}`,
  },
  override: choice(
    'Your decision on this lead',
    'For you to set when you know better than the model. Ready for sales passes the lead on, whatever its score; not for sales keeps it from being passed on; empty leaves it to the model. leadgauge reads it and never changes it.',
  ),
};

/** The one property of companies. */
export const ACCOUNT_PROPERTY: OutputProperty = number(
  'Account score',
  `How promising this company is, by the lead scores of its people: a higher one is worth looking at sooner. It moves when theirs do. ${REPLACED}`,
);

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
