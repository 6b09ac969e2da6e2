import { COMPETITORS, type Company, companyOf, sizeOption } from './companies.ts';
import { makeName, type PersonName } from './names.ts';
import type { Random } from './random.ts';
import { type Level, makeTitle } from './titles.ts';

export type Kind = 'buyer' | 'student' | 'government' | 'competitor' | 'job-seeker';
export type Mail = 'business' | 'personal' | 'disposable' | 'none';

export interface Person {
  readonly kind: Kind;
  readonly mail: Mail;
  readonly level: Level;
  readonly company: Company | undefined;
  /** Contact properties as they came in, those missing left out. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** What the address begins with, for a second one where the first is taken. */
  readonly mailName: string;
  readonly mailDomain: string;
}

const PERSONAL =
  'gmail.com gmail.com gmail.com yahoo.com outlook.com hotmail.com icloud.com gmx.de web.de orange.fr proton.me qq.com'.split(
    ' ',
  );
const DISPOSABLE = ['mailinator.com', 'yopmail.com', 'guerrillamail.com', '10minutemail.com'];
const UNIVERSITIES = [
  'students.northfield.edu',
  'cs.lakeshore.edu',
  'westmere.ac.uk',
  'stu.elmhurst.ac.uk',
  'mail.ridgeview.edu',
  'student.harbour.edu.au',
];
const GOVERNMENTS = [
  'ashlandcounty.gov',
  'transport.riverside.gov',
  'marlow.gov.uk',
  'finances.novaterre.gouv.fr',
  'health.lakelands.gc.ca',
  'logistics.fortelm.mil',
];
const EMOJI = ['🚀', '✨', '🦄', '😎'];
/** The one with a text as long as HubSpot takes. */
const LONG_WINDED = 17;

export function makePerson(random: Random, index: number, companies: number): Person {
  const kind = random.weighted<Kind>([
    [88, 'buyer'],
    [4, 'student'],
    [3, 'government'],
    [0.8, 'competitor'],
    [4.2, 'job-seeker'],
  ]);
  const name = makeName(random);
  // Some companies send many people, most send few.
  const company =
    kind === 'buyer' || kind === 'competitor' ? companyOf(Math.floor(random.next() ** 2 * companies)) : undefined;
  const { title, level } = kind === 'student' ? { title: 'Student', level: 'junior' as const } : makeTitle(random);
  const mail = makeMail(random, kind);
  const mailDomain = domainOf(random, kind, mail, company);
  const values = describe(random, { kind, name, title, company });
  if (kind === 'competitor') values.company = mailDomain.split('.')[0]?.replace(/^./, (letter) => letter.toUpperCase());
  return {
    kind,
    mail,
    level,
    company,
    values: spoil(random, values, index),
    mailName: mailName(random, name),
    mailDomain,
  };
}

function describe(
  random: Random,
  { kind, name, title, company }: { kind: Kind; name: PersonName; title: string; company: Company | undefined },
): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {
    firstname: random.chance(0.97) ? name.first : undefined,
    lastname: random.chance(0.94) ? name.last : undefined,
    jobtitle: random.chance(kind === 'student' ? 0.6 : 0.88) ? title : undefined,
  };
  if (random.chance(0.35)) values.phone = `+1 555 ${String(random.whole(10_000_000)).padStart(7, '0')}`;
  if (random.chance(0.55))
    values.product_interest = random.weighted([
      [6, 'platform'],
      [3, 'analytics'],
      [2, 'services'],
    ]);
  if (company === undefined) {
    const place = companyOf(random.whole(50));
    if (random.chance(0.7)) values.country = random.pick(place.countries);
    return values;
  }
  if (random.chance(0.92)) values.company = company.name;
  if (random.chance(0.6)) values.website = company.website;
  if (random.chance(0.75)) values.industry = company.industry;
  if (random.chance(0.7)) values.numemployees = sizeOption(company.employees);
  if (random.chance(0.5)) values.annualrevenue = company.typedRevenue;
  if (random.chance(0.85)) values.country = random.pick(company.countries);
  if (random.chance(0.6)) values.city = company.city;
  if (random.chance(0.5)) values.state = company.state;
  return values;
}

function makeMail(random: Random, kind: Kind): Mail {
  if (random.chance(0.005)) return 'none';
  if (random.chance(0.008)) return 'disposable';
  const share: Readonly<Record<Kind, number>> = {
    buyer: 0.22,
    student: 0.4,
    government: 0.05,
    competitor: 0.1,
    'job-seeker': 0.9,
  };
  return random.chance(share[kind]) ? 'personal' : 'business';
}

function domainOf(random: Random, kind: Kind, mail: Mail, company: Company | undefined): string {
  if (mail === 'personal') return random.pick(PERSONAL);
  if (mail === 'disposable') return random.pick(DISPOSABLE);
  if (kind === 'student') return random.pick(UNIVERSITIES);
  if (kind === 'government') return random.pick(GOVERNMENTS);
  if (kind === 'competitor') return random.pick(COMPETITORS);
  return (company ?? companyOf(random.whole(200))).domain;
}

function mailName(random: Random, { mail: { first, last } }: PersonName): string {
  return random.weighted([
    [5, `${first}.${last}`],
    [3, `${first.charAt(0)}${last}`],
    [1, `${first}_${last}`],
    [1, `${first}${last}`],
  ]);
}

/** What every real portal holds: emoji, nonsense, and one person who cannot stop. */
function spoil(random: Random, values: Record<string, string | undefined>, index: number) {
  if (random.chance(0.004)) values.firstname = `${values.firstname ?? ''} ${random.pick(EMOJI)}`.trim();
  if (random.chance(0.003))
    values.jobtitle = random.pick(['asdf', '-', 'n/a', '<script>alert(1)</script>', '   ', 'CEO of my own life']);
  if (random.chance(0.003)) values.country = random.pick(['Atlantis', '???', '12345']);
  if (random.chance(0.003)) values.annualrevenue = random.pick(['-1', '999999999999999999999', 'a lot', '1e9']);
  if (index === LONG_WINDED) values.jobtitle = 'Manager für Überlänge & Ähnliches, '.repeat(2_000).slice(0, 65_000);
  return values;
}
