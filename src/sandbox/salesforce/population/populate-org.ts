import { DAY } from '../../../base/clock.ts';
import { type Behaviour, makeBehaviour, QUIET } from '../../population/behaviour.ts';
import { type Buyers, dealByRule, liveByRule, RULED } from '../../population/by-rule.ts';
import { makePerson, type Person } from '../../population/person.ts';
import { createRandom, type Random } from '../../population/random.ts';
import { stageOf, timeframeOf } from '../../population/sales.ts';
import { makeSalesPast } from '../../population/sales-past.ts';
import type { Org } from '../org/org.ts';
import { accountsOf } from './accounts-of.ts';
import { campaignsOf } from './campaigns-of.ts';
import { keepSalesPast } from './keep-sales-past.ts';
import { keepVisits } from './keep-visits.ts';
import { settleByRule } from './settle-by-rule.ts';
import { type Life, settlePerson } from './settle-person.ts';

export interface OrgPopulation {
  readonly leads: number;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many of them share one SystemModstamp. */
  readonly sameTimestamp: number;
  readonly buyers: Buyers;
}

/** Sets the chances of an org apart from those that make the person, which a HubSpot portal makes, too. */
const SALESFORCE = 0x5f0c;

/** Fills a new org with people and their past. One person at a time: only what the org keeps is in memory. */
export function populateOrg(org: Org, { leads, seed, now, sameTimestamp, buyers }: OrgPopulation): void {
  if (leads === 0) return;
  const end = now - QUIET;
  const companies = Math.max(5, Math.ceil(leads / 6));
  const addressOf = freeAddresses();
  const accountOf = accountsOf(org, end);
  const join = campaignsOf(org, end);
  for (let index = 0; index < leads; index++) {
    const made = createRandom(seed, index);
    const person = makePerson(made, index, companies);
    const ruled = buyers === 'by-rule' ? liveByRule(createRandom(seed ^ RULED, index), person, now) : undefined;
    const behaviour = ruled?.behaviour ?? makeBehaviour(made, person, now);
    const { boughtAt } = behaviour;
    const random = createRandom(seed ^ SALESFORCE, index);
    const email = addressOf(person);
    const timeframe = ruled === undefined ? timeframeIn(made, behaviour) : undefined;
    const life = lifeOf(random, { person, behaviour, email, timeframe }, end, ruled?.last ?? boughtAt);
    const sameTime = index < sameTimestamp ? end : undefined;
    const known = ruled
      ? settleByRule(org, random, life, ruled, accountOf)
      : settlePerson(org, random, life, accountOf, sameTime);
    join(random, known, life);
    const past = ruled
      ? dealByRule(random, life.created, boughtAt)
      : makeSalesPast(random, { ...life, stage: stageOf(random, behaviour), boughtAt });
    if (past !== undefined) keepSalesPast(org, random, known, past);
    if (org.settings.businessUnitId !== undefined) keepVisits(org, random, known, life);
  }
}

/** As in the HubSpot portal, and by the same chances. */
function timeframeIn(made: Random, { sent, bought }: Behaviour): string | undefined {
  const askedSales = sent.some(({ form }) => form === 'demo' || form === 'sales');
  return askedSales && made.chance(0.8) ? timeframeOf(made, bought) : undefined;
}

type Somebody = Pick<Life, 'person' | 'behaviour' | 'email' | 'timeframe'>;

/** @param knownBy when they were known at the latest; undefined where only what they did tells. */
function lifeOf(random: Random, somebody: Somebody, end: number, knownBy = Number.POSITIVE_INFINITY): Life {
  const { views, boughtAt } = somebody.behaviour;
  const begin = Math.min(views[0]?.at ?? end, knownBy);
  const created = Math.floor(begin - random.next() ** 3 * 400 * DAY);
  const last = Math.max(views.at(-1)?.at ?? created, boughtAt ?? created);
  // Now and then somebody edits a record long after its last visit.
  const modified = random.chance(0.3) ? Math.floor(last + random.next() * (end - last)) : last;
  return { ...somebody, created, last, modified };
}

/** Two people of one name at one place get numbers, as they would. */
function freeAddresses(): (person: Person) => string | undefined {
  const taken = new Set<string>();
  return ({ mail, mailName, mailDomain }) => {
    if (mail === 'none') return undefined;
    let email = `${mailName}@${mailDomain}`;
    for (let number = 2; taken.has(email); number++) email = `${mailName}${number}@${mailDomain}`;
    taken.add(email);
    return email;
  };
}
