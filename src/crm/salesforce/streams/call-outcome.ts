/** What a task says of a call. */
export interface LoggedCall {
  /** `Inbound`, `Outbound` or `Internal`; null where nobody said. */
  readonly CallType: string | null;
  /** Whatever the telephone system writes, or somebody typed. */
  readonly CallDisposition: string | null;
  readonly CallDurationInSeconds: number | null;
}

/** `spoken`: sales and the person talked. `tried`: sales called and reached nobody. `neither`: no call of sales, and no talk. */
export type CallOutcome = 'spoken' | 'tried' | 'neither';

/**
 * A call is a conversation unless it says otherwise: by its result, in words that telephone systems use, or with no result at all by
 * having lasted no second, where the system counts them. A result of the company's own says nothing against it.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
 */
export function outcomeOf(call: LoggedCall): CallOutcome {
  const result = call.CallDisposition?.trim() ?? '';
  if (NOT_MADE.test(result)) return 'neither';
  const reachedNobody = result === '' ? call.CallDurationInSeconds === 0 : WITHOUT_THE_PERSON.test(result);
  if (!reachedNobody) return 'spoken';
  // Whom the person did not reach has tried nothing.
  return isInbound(call) ? 'neither' : 'tried';
}

/** Whether the person called. */
export function isInbound({ CallType }: LoggedCall): boolean {
  return CallType?.toLowerCase() === 'inbound';
}

/** Words that stand by themselves, in any script. */
const words = (...all: readonly string[]) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${all.join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** A call that was called off, or that a dialling machine made for nobody. */
const NOT_MADE = words('abandoned', 'cancel?led', 'abgesagt', 'annulée?', 'cancelad[ao]');

const WITHOUT_THE_PERSON = words(
  'no[ -]?answer',
  'no[ -]?contact',
  'no[ -]?response',
  "did(?:n[’']t| not) answer",
  '(?:not|un)[ -]?(?:answered|reached|reachable|available|connected|successful)',
  'missed',
  'busy',
  'voice[ -]?mail',
  'answering machine',
  'left (?:a |live )?(?:message|vm)',
  '(?:wrong|bad|invalid|disconnected) number',
  'failed',
  '(?:nicht|niemanden) erreicht',
  'keine antwort',
  'besetzt',
  'mailbox',
  'anrufbeantworter',
  'falsche nummer',
  'pas de réponse',
  'sans réponse',
  'non joint',
  'occupé',
  'messagerie',
  'répondeur',
  'faux numéro',
  'no contest(?:a|o|ó)',
  'sin respuesta',
  'ocupado',
  'buzón(?: de voz)?',
  'número equivocado',
  'não atendeu',
  'sem resposta',
  'caixa postal',
  'número errado',
);
