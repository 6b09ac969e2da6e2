import type { Challenge, ModelScores } from './comparison.ts';
import { FEWEST_BUYERS } from './enough-data.ts';
import type { History } from './history.ts';
import { leadsText, wholeText } from './number-text.ts';
import { leadsFrom, learntDay } from './unseen-leads.ts';

/** A challenger that is not compared with its champion: too few of the leads that are left bought, or too few did not. */
export interface TooFewUnseen {
  readonly model: string;
  readonly name: string;
  /** The day until which one of the two was learnt; leads that were looked at later are left, and no others. Absent where neither says. */
  readonly learntUntil?: string;
  readonly leads: number;
  readonly buyers: number;
  /** The same in sentences. */
  readonly why: string;
}

export interface UnseenChallenges {
  readonly challenges: readonly Challenge[];
  readonly uncompared: readonly TooFewUnseen[];
}

/**
 * The champion and each challenger on the leads from which neither was learnt, as far as their files tell: a model that is judged by the
 * very leads that it was learnt from flatters itself.
 * @param history of the leads in whose order the scores are.
 */
export function unseenChallenges(
  champion: ModelScores,
  challengers: readonly ModelScores[],
  history: Pick<History, 'bought' | 'at'>,
): UnseenChallenges {
  const unseenFrom = unseenReader(champion, history);
  const challenges: Challenge[] = [];
  const uncompared: TooFewUnseen[] = [];
  for (const challenger of challengers) {
    const until = latest(champion.learntUntil, challenger.learntUntil);
    const unseen = unseenFrom(until);
    const { bought } = unseen;
    const learntUntil = until === undefined ? {} : { learntUntil: learntDay(until) };
    if (isEnough(bought)) {
      challenges.push({ champion: unseen.champion, challenger: unseen.pick(challenger), bought, ...learntUntil });
    } else uncompared.push(tooFew(challenger, bought, learntUntil));
  }
  return { challenges, uncompared };
}

/** The leads that are left. */
interface Unseen {
  readonly bought: Uint8Array;
  readonly champion: ModelScores;
  pick(model: ModelScores): ModelScores;
}

/** Picked once for each time, so that the champion is judged once by them. */
function unseenReader(champion: ModelScores, { bought, at }: Pick<History, 'bought' | 'at'>) {
  const known = new Map<number | undefined, Unseen>();
  return (until: number | undefined): Unseen => {
    const same = known.get(until);
    if (same !== undefined) return same;
    const picked = until === undefined ? { bought, pick: unchanged } : pickedFrom(bought, leadsFrom(at, until));
    const unseen = { ...picked, champion: picked.pick(champion) };
    known.set(until, unseen);
    return unseen;
  };
}

const unchanged = (model: ModelScores) => model;

function pickedFrom(bought: Uint8Array, leads: Uint32Array): Pick<Unseen, 'bought' | 'pick'> {
  return {
    bought: Uint8Array.from(leads, (lead) => bought[lead] ?? 0),
    pick: (model) => ({
      ...model,
      scores: Float64Array.from(leads, (lead) => model.scores[lead] ?? Number.NaN),
      sent: Uint8Array.from(leads, (lead) => model.sent[lead] ?? 0),
    }),
  };
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}

function isEnough(bought: Uint8Array): boolean {
  const buyers = buyersOf(bought);
  return buyers >= FEWEST_BUYERS && bought.length - buyers >= FEWEST_BUYERS;
}

function tooFew(
  { id, name }: ModelScores,
  bought: Uint8Array,
  learnt: Pick<TooFewUnseen, 'learntUntil'>,
): TooFewUnseen {
  const [leads, buyers] = [bought.length, buyersOf(bought)];
  const which =
    learnt.learntUntil === undefined
      ? leadsText(leads)
      : `${leadsText(leads)} looked at after ${learnt.learntUntil}, until when one of the two models was learnt`;
  return {
    model: id,
    name,
    ...learnt,
    leads,
    buyers,
    why:
      `There ${leads === 1 ? 'is' : 'are'} ${which}, and ${wholeText(buyers)} of them bought: too few to compare. It takes ` +
      `${FEWEST_BUYERS} that bought and ${FEWEST_BUYERS} that did not.`,
  };
}

const buyersOf = (bought: Uint8Array) => bought.reduce((sum, each) => sum + each, 0);
