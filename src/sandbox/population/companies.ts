import { createRandom } from './random.ts';

export interface Company {
  readonly name: string;
  readonly domain: string;
  readonly website: string;
  readonly industry: string;
  readonly employees: number;
  /** In dollars. */
  readonly revenue: number;
  /** As someone typed it: digits mostly. */
  readonly typedRevenue: string;
  /** Names of one country differ as people write them. */
  readonly countries: readonly string[];
  readonly state: string | undefined;
  readonly city: string;
}

/** Who sells what we sell; the same in every portal, so that a list in config can name them. */
export const COMPETITORS = ['rivalmetrics.example', 'leadometer.example', 'scorewise.example'];

const FRONT =
  'Northwind Harbor Bright Copper Summit Willow Iron Blue Silver Cedar Falcon Granite Lumen Maple Nova Orchard Pioneer Quartz River Stellar Terra Union Vertex Aspen Beacon Cobalt Delta Ember'.split(
    ' ',
  );
const BACK =
  'Logistics Software Health Foods Robotics Energy Bank Insurance Media Retail Labs Systems Partners Analytics Motors Pharma Networks Textiles Travel Security Cloud Consulting Manufacturing Education'.split(
    ' ',
  );
const ENDING = ['', '', '', ' Inc.', ' GmbH', ' Ltd', ' SAS', ' Group', ' LLC', ' AG'];

const INDUSTRIES: Readonly<Record<string, string>> = {
  Logistics: 'LOGISTICS_AND_SUPPLY_CHAIN',
  Software: 'COMPUTER_SOFTWARE',
  Health: 'HOSPITAL_HEALTH_CARE',
  Foods: 'FOOD_PRODUCTION',
  Robotics: 'INDUSTRIAL_AUTOMATION',
  Energy: 'OIL_ENERGY',
  Bank: 'BANKING',
  Insurance: 'INSURANCE',
  Media: 'MEDIA_PRODUCTION',
  Retail: 'RETAIL',
  Labs: 'RESEARCH',
  Systems: 'INFORMATION_TECHNOLOGY_AND_SERVICES',
  Partners: 'MANAGEMENT_CONSULTING',
  Analytics: 'COMPUTER_SOFTWARE',
  Motors: 'AUTOMOTIVE',
  Pharma: 'PHARMACEUTICALS',
  Networks: 'TELECOMMUNICATIONS',
  Textiles: 'TEXTILES',
  Travel: 'LEISURE_TRAVEL_TOURISM',
  Security: 'COMPUTER_NETWORK_SECURITY',
  Cloud: 'COMPUTER_SOFTWARE',
  Consulting: 'MANAGEMENT_CONSULTING',
  Manufacturing: 'MECHANICAL_OR_INDUSTRIAL_ENGINEERING',
  Education: 'EDUCATION_MANAGEMENT',
};

const PLACES: readonly (readonly [number, readonly string[], readonly (readonly [string, string | undefined])[]])[] = [
  [
    40,
    ['United States', 'United States', 'USA', 'US'],
    [
      ['Austin', 'Texas'],
      ['Chicago', 'Illinois'],
      ['Boston', 'Massachusetts'],
      ['Denver', 'Colorado'],
      ['New York', 'NY'],
    ],
  ],
  [
    12,
    ['United Kingdom', 'UK', 'Great Britain'],
    [
      ['London', undefined],
      ['Leeds', undefined],
    ],
  ],
  [
    12,
    ['Germany', 'Deutschland', 'DE'],
    [
      ['Berlin', undefined],
      ['München', 'Bayern'],
      ['Hamburg', undefined],
    ],
  ],
  [
    8,
    ['France'],
    [
      ['Paris', undefined],
      ['Lyon', undefined],
    ],
  ],
  [
    7,
    ['India'],
    [
      ['Bengaluru', 'Karnataka'],
      ['Pune', 'Maharashtra'],
    ],
  ],
  [
    5,
    ['Canada'],
    [
      ['Toronto', 'Ontario'],
      ['Montréal', 'Québec'],
    ],
  ],
  [4, ['Spain', 'España'], [['Madrid', undefined]]],
  [3, ['Brazil', 'Brasil'], [['São Paulo', undefined]]],
  [3, ['Japan', '日本'], [['Tokyo', undefined]]],
  [3, ['Nigeria'], [['Lagos', undefined]]],
  [3, ['Australia'], [['Sydney', 'NSW']]],
];

const known = new Map<number, Company>();
const byDomain = new Map<string, Company>();

/** The company of this number: the same in every portal. Of 672 names, then numbered ones. */
export function companyOf(number: number): Company {
  let company = known.get(number);
  if (company === undefined) {
    company = makeCompany(number);
    known.set(number, company);
    byDomain.set(company.domain, company);
  }
  return company;
}

/** The company with this domain, of those that were asked for by number before. */
export function companyAt(domain: string): Company | undefined {
  return byDomain.get(domain);
}

function makeCompany(number: number): Company {
  const random = createRandom(0xc0ffee, number);
  const names = FRONT.length * BACK.length;
  // A step without a common divisor passes through every pair once.
  const place = (number * 389) % names;
  const back = BACK[place % BACK.length] ?? 'Labs';
  const plain = `${FRONT[Math.floor(place / BACK.length)] ?? 'Blue'} ${back}${number < names ? '' : ` ${1 + Math.floor(number / names)}`}`;
  const employees = Math.max(1, Math.round(Math.exp(1.2 + 2.3 * Math.abs(random.normal()) + 2.2 * random.next())));
  const [, countries, towns] = random.weighted(PLACES.map((row) => [row[0], row] as const));
  const [city, state] = random.pick(towns);
  const domain = `${plain.toLowerCase().replaceAll(' ', '')}.example`;
  const revenue = Math.round(employees * (60 + random.whole(200))) * 1_000;
  return {
    name: plain + random.pick(ENDING),
    domain,
    website: `https://www.${domain}`,
    industry: INDUSTRIES[back] ?? 'RESEARCH',
    employees,
    revenue,
    typedRevenue: random.chance(0.9) ? String(revenue) : `$${Math.round(revenue / 1_000_000)}M`,
    countries,
    state,
    city,
  };
}

/** HubSpot's choices for `numemployees`. */
export function sizeOption(employees: number): string {
  const bounds = [5, 25, 50, 100, 500, 1_000];
  const options = ['1-5', '5-25', '25-50', '50-100', '100-500', '500-1000'];
  return options[bounds.findIndex((bound) => employees < bound)] ?? '1000+';
}
