import { nearestWord, suggestion } from '../base/nearest-word.ts';

/** The one of `options` that somebody meant who wrote another word: by what it is called elsewhere, else by its letters. */
export function meantWord(word: string, options: readonly string[]): string | undefined {
  return calledHere(word, options) ?? nearestWord(word, options);
}

/** The one of `options` that other tools, or other people, call by the word. */
export function calledHere(word: string, options: readonly string[]): string | undefined {
  return OTHER_WORDS.get(plain(word))?.find((ours) => options.includes(ours));
}

/** As `suggestion`, for words that people bring from other tools. */
export function meantSuggestion(word: string, options: readonly string[]): string {
  const meant = meantWord(word, options);
  return meant === undefined ? suggestion(word, options) : `: did you mean "${meant}"?`;
}

/** By our word: what people write for it, as other scoring tools and other languages have it. The first that is allowed where it stands wins. */
const CALLED: readonly (readonly [ours: string, theirs: string])[] = [
  // The parts of a model
  ['fit', 'demographic demographics explicit firmographic firmographics profile'],
  ['engagement', 'behavior behaviour behavioral behavioural implicit activities interest'],
  ['groups', 'categories category sections section'],
  ['criteria', 'rules signals attributes conditions items factors'],
  ['lifecycle', 'thresholds threshold stages stage lifecycle_stage gates'],
  ['mql', 'threshold thresholds gate gates qualified'],
  ['requires', 'mandatory must_have needs'],
  ['grades', 'grading letters'],
  ['applies_to', 'segment audience filter scope for'],
  ['personas', 'profiles segments'],
  ['fast_track', 'hot priority instant alerts hand_raisers shortcuts'],
  ['recycle', 'recycling demote downgrade send_back give_back'],
  ['engagement_below', 'below under threshold engagement score_below at_most'],
  ['for', 'during duration after period within time window'],
  ['routes', 'routing route destinations'],
  ['sales', 'reps sdr handover'],
  ['nurture', 'nurturing drip series marketing campaigns sequences'],
  ['task', 'tasks todo create_task'],
  ['notify', 'alert alerts tell inform notification notifications recipients'],
  ['account', 'company companies'],
  ['roll_up', 'aggregate aggregation combine'],
  ['sum_of_top', 'top sum best'],
  ['model', 'id key slug version'],
  // A criterion
  ['id', 'key identifier slug ref'],
  ['name', 'title label caption display_name description'],
  ['when', 'if where condition conditions rule match filter'],
  ['points', 'score scores weight value point pts amount'],
  ['bands', 'ranges tiers buckets brackets steps scale'],
  ['flag', 'tag mark badge label'],
  ['disqualify', 'disqualified reject exclude knockout block deal_breaker'],
  ['per', 'frequency counting once_per'],
  ['max', 'cap limit maximum ceiling up_to'],
  ['floor', 'min minimum'],
  ['window', 'expires expire expiry lookback look_back period timeframe within valid_for ttl days'],
  ['half_life', 'halftime fade half_time'],
  ['decay', 'decay_days decay_rate degrade aging ageing'],
  ['every', 'interval period per days'],
  ['by', 'rate percent percentage reduce reduce_by amount'],
  ['follow_up_within', 'sla respond_within deadline follow_up followup within'],
  // A condition
  ['all', 'and every'],
  ['any', 'or some either'],
  ['not', 'none except unless'],
  ['field', 'property attribute column key'],
  ['activity', 'event action behavior behaviour type'],
  ['inactive_for', 'inactive inactivity no_activity idle not_active'],
  ['is', 'equals equal eq = == === value be'],
  ['not_in', '!= <> not_equals not_equal is_not neq ne none_of not_any_of is_none_of'],
  ['in', 'one_of any_of is_any_of values options'],
  ['contains', 'includes include like has substring keyword keywords'],
  ['matches', 'regex regexp pattern expression'],
  ['at_least', '>= > => gte gt ge greater_than more_than greater_or_equal bigger_than above over min minimum from'],
  ['at_most', '<= < =< lte lt le less_than fewer_than less_or_equal smaller_than below under max maximum up_to to'],
  ['between', 'range'],
  ['exists', 'known is_known present has_value filled not_empty is_set'],
  ['missing', 'empty is_empty blank is_blank unknown is_unknown not_exists absent not_set null'],
  ['in_list', 'list on_list in_file'],
  ['url', 'page path link address'],
  ['form', 'form_name form_id'],
  ['seniority', 'level role rank'],
  ['function', 'department job_function team'],
  ['country', 'countries region location geo'],
  // Values
  ['day', 'daily'],
  ['week', 'weekly'],
  ['once', 'one single unique'],
  ['each', 'every always any time visit'],
  ['none', 'never off no false null'],
  ['on', 'yes true enabled enable always'],
  ['off', 'no false disabled disable never none'],
  ['c-level', 'executive exec c_suite cxo ceo cfo cto cmo coo chief'],
  ['vp', 'vice_president svp evp'],
  ['personal', 'free freemail gmail private consumer'],
  ['disposable', 'temporary temp throwaway fake'],
  ['education', 'edu university academic student school'],
  ['government', 'gov public'],
  ['page-view', 'page_visit page web_page website'],
  ['page-click', 'click link_click cta_click'],
  ['form-submission', 'form form_fill form_submit submission demo_request'],
  ['download', 'whitepaper asset ebook file'],
  ['tool-use', 'calculator tool'],
  ['event-registration', 'webinar event registration sign_up'],
  ['event-attendance', 'attended attendance webinar_attended'],
  ['email-open', 'open opened'],
  ['email-click', 'clicked'],
  ['email-reply', 'reply replied'],
  ['email-unsubscribe', 'unsubscribe unsubscribed opt_out opted_out spam_report'],
  ['email-bounce', 'bounce bounced hard_bounce soft_bounce undelivered'],
  ['sales-email', 'logged_email one_to_one_email sequence_email outreach'],
  ['call', 'phone phone_call'],
  ['custom-event', 'behavioral_event behavioural_event custom_behavioral_event product_event'],
  ['deal-won', 'deal won closed_won closed_deal purchase opportunity_won'],
  ['engineering', 'development developer developers tech technical'],
  ['hr', 'human_resources people talent'],
  ['average', 'mean avg'],
  ['total', 'score sum'],
];

/** Every word of ours that another may stand for. */
export const OURS: readonly string[] = CALLED.map(([ours]) => ours);

const OTHER_WORDS = byOtherWord();

function byOtherWord(): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  for (const [ours, theirs] of CALLED) {
    for (const word of theirs.split(' ')) words.set(plain(word), [...(words.get(plain(word)) ?? []), ours]);
  }
  return words;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, '');
}
