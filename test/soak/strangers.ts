import type { Random } from '../../src/sandbox/population/random.ts';

/** Somebody whom the CRM does not know yet. */
export interface Newcomer {
  readonly email: string;
  readonly title: string;
  readonly company: string;
}

export const TITLES = [
  'CEO',
  'VP of Sales',
  'Head of Operations',
  'Marketing Manager',
  'Engineer',
  'Student',
  'Assistant',
];
export const PAGES = ['/pricing', '/careers', '/product', '/blog/lead-scoring', '/demo', '/customers'];
export const EMPLOYEES = ['8', '60', '400', '1200', '9000'];

/** The n-th one of a CRM; some hundred companies send all of them, and some write from home. */
export function newcomer(random: Random, crm: string, n: number): Newcomer {
  const company = `Soakwell ${1 + random.whole(200)}`;
  const domain = random.chance(0.15) ? 'gmail.com' : `${company.toLowerCase().replace(' ', '-')}.example`;
  return { email: `${crm}.${n}@${domain}`, title: random.pick(TITLES), company };
}
