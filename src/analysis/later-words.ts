/**
 * Words in the name of a column that is likely written once sales have the lead, that tells of what was last, and so may tell of a time
 * after the outcome, or that holds what another score made of either.
 */
const LATER_WORDS: ReadonlySet<string> = new Set([
  ...['last', 'latest', 'recent'],
  ...['tag', 'tags', 'status', 'stage', 'quality', 'disposition', 'qualified', 'disqualified', 'qualification'],
  ...['deal', 'deals', 'opportunity', 'opportunities', 'close', 'closed', 'won', 'lost', 'win', 'pipeline', 'forecast'],
  ...[
    'customer',
    'converted',
    'churned',
    'onboarding',
    'contract',
    'invoice',
    'invoices',
    'payment',
    'paid',
    'renewal',
  ],
  ...['owner', 'assigned'],
  ...['score', 'scores', 'grade', 'rating', 'index', 'probability', 'likelihood'],
]);

/** Several words, none of which says it alone. */
const LATER_PHRASES = [/\blead profile\b/, /\bsales notes?\b/, /\bnext steps?\b/];

/** Whether the name of a column makes one ask since when its values have been known. */
export function soundsLater(name: string): boolean {
  const text = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  return text.split(' ').some((word) => LATER_WORDS.has(word)) || LATER_PHRASES.some((phrase) => phrase.test(text));
}
