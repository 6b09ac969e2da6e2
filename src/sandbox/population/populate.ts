import { DAY } from '../../base/clock.ts';
import type { Contact } from '../portal/contact.ts';
import { FORMS } from '../portal/forms.ts';
import { countersOf, type History, keepHistory } from '../portal/history.ts';
import { stageDateOf } from '../portal/lifecycle.ts';
import type { Portal } from '../portal/portal.ts';
import type { Value } from '../portal/record.ts';
import { type Behaviour, makeBehaviour, QUIET } from './behaviour.ts';
import { type Buyers, dealByRule, liveByRule, RULED, type RuledLife } from './by-rule.ts';
import { createEmployers } from './employers.ts';
import { keepSales, salesCountersOf } from './keep-sales.ts';
import { mailCounters } from './mail-counters.ts';
import { marketingOf } from './marketing.ts';
import { moreSubmissions } from './more-submissions.ts';
import { makePerson, type Person } from './person.ts';
import { popupSubmissions } from './popup-submissions.ts';
import { createRandom, type Random } from './random.ts';
import { recall } from './recall.ts';
import { stageOf, timeframeOf } from './sales.ts';
import { makeSalesPast } from './sales-past.ts';

export interface Population {
  readonly leads: number;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many of them share one lastmodifieddate. */
  readonly sameTimestamp: number;
  readonly buyers: Buyers;
}

const OWNERS = [
  { firstName: 'Dana', lastName: 'Whitlock', email: 'dana.whitlock@gaugeworks.example' },
  { firstName: 'Marco', lastName: 'Ferri', email: 'marco.ferri@gaugeworks.example' },
  { firstName: 'Aiko', lastName: 'Mori', email: 'aiko.mori@gaugeworks.example' },
];

/** Sets what came to the sandbox later apart from the rest: its chances disturb nobody's that were there before. */
const ASIDE = 0x51de;
/** The same for what marketing did. */
const MARKETING = 0x3a11;
/** The same for what sales did. */
const SALES = 0x5a1e5;

/** Fills a new portal with people and their past. One person at a time: only what the portal keeps is in memory. */
export function populate(portal: Portal, { leads, seed, now, sameTimestamp, buyers }: Population): void {
  for (const owner of OWNERS) portal.owners.add(owner, now - 700 * DAY);
  const companies = Math.max(5, Math.ceil(leads / 6));
  const employerOf = createEmployers(portal, now - QUIET);
  if (leads === 0) return;
  const market = marketingOf(portal, now - QUIET);
  const later: { contact: Contact; history: History }[] = [];
  for (let index = 0; index < leads; index++) {
    const random = createRandom(seed, index);
    const aside = createRandom(seed ^ ASIDE, index);
    const person = makePerson(random, index, companies);
    const ruled = buyers === 'by-rule' ? liveByRule(createRandom(seed ^ RULED, index), person, now) : undefined;
    const behaviour = ruled?.behaviour ?? makeBehaviour(random, person, now);
    const marketing = createRandom(seed ^ MARKETING, index);
    const more = withPopups(moreSubmissions(aside, person, behaviour), popupSubmissions(marketing, person, behaviour));
    const companyId = employerOf(person, aside)?.number;
    const time = { now, modified: index < sameTimestamp ? now - QUIET : undefined };
    const sales = createRandom(seed ^ SALES, index);
    const life = { person, behaviour, ruled, more, companyId };
    const settled = settle(portal, { random, aside, sales, marketing }, life, time);
    const { contact, mails, created } = settled;
    market(marketing, contact, { sent: behaviour.sent, mails, created });
    if (settled.history.sent.length > 0) later.push(settled);
  }
  // After everyone, so that the ids of all other submissions and page views stay what they were.
  for (const { contact, history } of later) keepHistory(portal, contact, history);
}

interface Chances {
  readonly random: Random;
  readonly aside: Random;
  readonly sales: Random;
  readonly marketing: Random;
}

interface Life {
  readonly person: Person;
  readonly behaviour: Behaviour;
  /** Where buyers follow the rule. */
  readonly ruled: RuledLife | undefined;
  readonly more: Pick<Behaviour, 'views' | 'sent'>;
  readonly companyId: number | undefined;
}

interface Time {
  readonly now: number;
  /** Where it is given from outside. */
  readonly modified: number | undefined;
}

/** Makes the contact with its history; gives back what more it did, which the contact counts but the portal lacks yet. */
function settle(portal: Portal, chances: Chances, life: Life, { now, modified }: Time) {
  const { random, aside, sales, marketing } = chances;
  const { person, behaviour, ruled, more, companyId } = life;
  const { views, sent, boughtAt, bought, interest } = behaviour;
  const email = freeAddress(portal, person);
  const askedSales = ruled === undefined && sent.some(({ form }) => form === 'demo' || form === 'sales');
  const timeframe = askedSales && random.chance(0.8) ? timeframeOf(random, bought) : undefined;
  const known = { ...person.values, email, timeframe };
  const history = historyOf(portal, random, behaviour, known);
  const rest = historyOf(portal, aside, more, known);

  const begin = Math.min(views[0]?.at ?? now - QUIET, ruled?.last ?? boughtAt ?? Number.POSITIVE_INFINITY);
  const created = Math.floor(begin - random.next() ** 3 * 400 * DAY);
  const last = Math.max(views.at(-1)?.at ?? created, boughtAt ?? created);
  const stage = stageOf(random, behaviour);
  const around =
    ruled === undefined ? views.at(-1)?.at : Math.floor(created + ruled.lastMail * (now - QUIET - created));
  const { counters, mails } = mailCounters(random, marketing, interest, { created, around });
  const values: Record<string, Value | undefined> = { email, timeframe, lifecyclestage: stage };
  if (stage !== undefined) values[stageDateOf(stage)] = stage === 'customer' ? (boughtAt ?? last) : created;
  if (random.chance(interest > 0.8 ? 0.6 : 0.25)) values.hubspot_owner_id = random.pick(portal.owners.all).id;
  if (random.chance(0.3)) {
    values.hs_lead_status = random.pick(['NEW', 'OPEN', 'IN_PROGRESS', 'ATTEMPTED_TO_CONTACT', 'UNQUALIFIED']);
  }
  if (companyId !== undefined) values.associatedcompanyid = companyId;
  const edits = ruled && { timeframeAt: ruled.timeframeAt, newTitle: ruled.newTitle };
  if (edits?.timeframeAt !== undefined) values.timeframe = 'now';
  if (edits?.newTitle !== undefined) values.jobtitle = edits.newTitle.title;
  const past = ruled ? dealByRule(sales, created, boughtAt) : makeSalesPast(sales, { stage, boughtAt, created, last });
  // Now and then somebody edits a record long after its last visit.
  const later = random.chance(0.3) ? Math.floor(last + random.next() * (now - QUIET - last)) : last;
  const edited = Math.max(later, edits?.timeframeAt ?? 0, edits?.newTitle?.at ?? 0);
  const contact = portal.seed(
    [
      person.values,
      countersOf(together(history, rest)),
      counters,
      values,
      past === undefined ? {} : salesCountersOf(past, now),
    ],
    { created, modified: modified ?? edited },
    bought,
  );
  portal.index.added(contact, created);
  recall(portal, contact, { created, boughtAt, title: person.values.jobtitle, edits });
  keepHistory(portal, contact, history);
  if (past !== undefined) keepSales(portal, contact, past);
  return { contact, history: rest, mails: email === undefined ? [] : mails, created };
}

function withPopups(
  more: Pick<Behaviour, 'views' | 'sent'>,
  popups: Behaviour['sent'],
): Pick<Behaviour, 'views' | 'sent'> {
  if (popups.length === 0) return more;
  return { views: more.views, sent: [...more.sent, ...popups].sort((a, b) => a.at - b.at) };
}

/** Oldest first. */
function together(one: History, other: History): History {
  if (other.sent.length === 0) return one;
  return {
    views: [...one.views, ...other.views].sort((a, b) => a.at - b.at),
    sent: [...one.sent, ...other.sent].sort((a, b) => a.at - b.at),
  };
}

function historyOf(
  portal: Portal,
  random: Random,
  { views, sent }: Pick<Behaviour, 'views' | 'sent'>,
  known: Readonly<Record<string, string | undefined>>,
): History {
  const { website } = portal.settings;
  return {
    views: views.map(({ at, path }) => ({ at, url: website + path })),
    sent: sent.map(({ at, form }) => {
      const typed: Record<string, string | undefined> = {
        // What people type into a form is not what the record says.
        email: random.chance(0.06) ? capitalised(known.email ?? '') : known.email,
        firstname: known.firstname,
        lastname: known.lastname,
        company: known.company,
        timeframe: form === 'demo' || form === 'sales' ? known.timeframe : undefined,
      };
      const values = Object.entries(typed).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      return { at, form: FORMS[form], pageUrl: website + FORMS[form].path, values };
    }),
  };
}

/** Two people of one name at one place get numbers, as they would. */
function freeAddress(portal: Portal, { mail, mailName, mailDomain }: Person): string | undefined {
  if (mail === 'none') return undefined;
  let email = `${mailName}@${mailDomain}`;
  for (let number = 2; portal.contacts.findByEmail(email) !== undefined; number++) {
    email = `${mailName}${number}@${mailDomain}`;
  }
  return email;
}

function capitalised(email: string): string {
  return email.replace(/(^|[._])([a-z])/g, (letter) => letter.toUpperCase());
}
