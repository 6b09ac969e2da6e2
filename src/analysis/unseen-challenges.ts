import type { Challenge, ModelScores } from './comparison.ts';
import { FEWEST_BUYERS } from './enough-data.ts';
import { leadsText, wholeText } from './number-text.ts';
import { learntDay } from './unseen-leads.ts';

/** A challenger that is not compared with its champion: too few of the leads that are left bought, or too few did not. */
export interface TooFewUnseen {
  readonly model: string;
  readonly name: string;
  /** The day until which one of the two was learnt; leads that came later are left, and no others. Absent where neither says. */
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

/** A challenger, in the order of its champion's leads: its score of those that it is not about is NaN. */
export interface RivalScores extends ModelScores {
  /** By lead, as `holdoutCount` takes it; absent where it scores nobody for real. */
  readonly holdout?: Uint8Array | undefined;
}

/** The leads of a champion. */
export interface ChampionsLeads {
  readonly bought: Uint8Array;
  /** When each came, in milliseconds since 1970; NaN where that is not known. */
  readonly createdAt: Float64Array;
}

/**
 * The champion and each challenger on the leads that both are about and from which neither was learnt, as far as their files tell: a
 * model that is judged by the very leads that it was learnt from flatters itself. Whoever came before the day until which it was learnt may
 * be one of them, whenever it is looked at: a lead that does not buy is looked at as old as buyers are, and that changes with them.
 */
export function unseenChallenges(
  champion: ModelScores,
  challengers: readonly RivalScores[],
  leads: ChampionsLeads,
): UnseenChallenges {
  const comparedBy = comparedReader(champion, leads);
  const challenges: Challenge[] = [];
  const uncompared: TooFewUnseen[] = [];
  for (const challenger of challengers) {
    const until = latest(champion.learntUntil, challenger.learntUntil);
    const { holdout, ...scores } = challenger;
    const compared = comparedBy(until, scores.scores);
    const { bought } = compared;
    const learntUntil = until === undefined ? {} : { learntUntil: learntDay(until) };
    if (isEnough(bought)) {
      challenges.push({
        champion: compared.champion,
        challenger: compared.pick(scores),
        bought,
        ...learntUntil,
        ...(holdout !== undefined && { holdout: bytesOf(holdout, compared.leads) }),
      });
    } else uncompared.push(tooFew(challenger, bought, learntUntil));
  }
  return { challenges, uncompared };
}

/** The leads that are left of a pair. */
interface Compared {
  readonly leads: Uint32Array;
  readonly bought: Uint8Array;
  readonly champion: ModelScores;
  pick(model: ModelScores): ModelScores;
}

/** The same leads are picked once, so that the champion is judged once by them. */
function comparedReader(champion: ModelScores, { bought, createdAt }: ChampionsLeads) {
  const known: Compared[] = [];
  return (until: number | undefined, scores: Float64Array): Compared => {
    const isIn = (lead: number) =>
      !Number.isNaN(scores[lead] ?? Number.NaN) && (until === undefined || (createdAt[lead] ?? Number.NaN) >= until);
    const leads = Uint32Array.from(bought.keys()).filter(isIn);
    const same = known.find((each) => isSame(each.leads, leads));
    if (same !== undefined) return same;
    const pick = (model: ModelScores) => ({
      ...model,
      scores: Float64Array.from(leads, (lead) => model.scores[lead] ?? Number.NaN),
      sent: bytesOf(model.sent, leads),
    });
    const compared = { leads, bought: bytesOf(bought, leads), champion: pick(champion), pick };
    known.push(compared);
    return compared;
  };
}

const bytesOf = (bytes: Uint8Array, leads: Uint32Array) => Uint8Array.from(leads, (lead) => bytes[lead] ?? 0);

function isSame(one: Uint32Array, other: Uint32Array): boolean {
  return one.length === other.length && one.every((lead, place) => lead === other[place]);
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
      ? `${leadsText(leads)} that both are about`
      : `${leadsText(leads)} that came after ${learnt.learntUntil}, until when one of the two models was learnt`;
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
