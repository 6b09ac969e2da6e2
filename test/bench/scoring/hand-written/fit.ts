import type { Disqualification, Reason } from '../../../../src/scoring/score.ts';
import type { Profile } from './read.ts';

/** What the two dimensions write down of a lead. */
export interface Notes {
  readonly reasons: Reason[];
  readonly flags: string[];
  readonly disqualifications: Disqualification[];
  /** When a line first changes by itself; infinite where none does. */
  next: number;
}

/** The fit of the model, from top to bottom. */
export function scoreFit(profile: Profile, notes: Notes): number {
  const { reasons, flags, disqualifications } = notes;
  const { rank, jobFunction, employees, revenue, industry, country, email, mail, timeframe } = profile;

  let title = 0;
  if (rank === 'c-level' || rank === 'vp') {
    title += 25;
    reasons.push(TITLE_EXECUTIVE);
  }
  if (rank === 'director' || rank === 'head') {
    title += 20;
    reasons.push(TITLE_DIRECTOR);
  }
  if (rank === 'manager') {
    title += 12;
    reasons.push(TITLE_MANAGER);
  }
  if (jobFunction === 'marketing' || jobFunction === 'sales') {
    title += 10;
    reasons.push(TITLE_FUNCTION);
  }
  if (title > 30) {
    reasons.push({ kind: 'group-cap', dimension: 'fit', id: 'Title', label: 'Title', points: 30 - title, limit: 30 });
    title = 30;
  }

  let company = 0;
  if (employees !== undefined) {
    if (employees.low >= 1000) {
      company += 20;
      reasons.push(SIZE_1000);
    } else if (employees.low >= 100 && employees.low <= 999) {
      company += 15;
      reasons.push(SIZE_100);
    } else if (employees.low >= 11 && employees.low <= 99) {
      company += 5;
      reasons.push(SIZE_11);
    }
  }
  if (revenue !== undefined) {
    if (revenue.low >= 100e6) {
      company += 20;
      reasons.push(REVENUE_100M);
    } else if (revenue.low >= 10e6) {
      company += 10;
      reasons.push(REVENUE_10M);
    } else if (revenue.low >= 1e6) {
      company += 5;
      reasons.push(REVENUE_1M);
    }
  }
  if (profile.inTargetIndustry) {
    company += 10;
    reasons.push(TARGET_INDUSTRY);
  }
  if (
    industry !== undefined &&
    (industry.includes('software') || industry.includes('internet') || industry.includes('information_technology'))
  ) {
    company += 5;
    reasons.push(SOFTWARE);
  }
  if (profile.atTargetAccount || profile.websiteOfTarget) {
    company += 20;
    reasons.push(TARGET_ACCOUNT);
  }
  if (company > 50) {
    reasons.push({
      kind: 'group-cap',
      dimension: 'fit',
      id: 'Company',
      label: 'Company',
      points: 50 - company,
      limit: 50,
    });
    company = 50;
  }

  let contact = 0;
  if (country === 'US' || country === 'GB' || country === 'DE' || country === 'AT' || country === 'CH') {
    contact += 10;
    reasons.push(HOME_MARKET);
  }
  if (mail === undefined && email?.includes('@')) {
    contact += 5;
    reasons.push(BUSINESS_EMAIL);
  }
  if (timeframe === 'now' || timeframe === '0-3 months') {
    contact += 20;
    reasons.push(BUYING_SOON);
  }

  let poor = 0;
  if (mail === 'personal' || mail === 'disposable') {
    poor -= 10;
    reasons.push(PERSONAL_EMAIL);
    flags.push('personal-email');
  }
  if (rank === 'student' || (mail === 'education' && profile.title === undefined)) {
    poor -= 50;
    reasons.push(STUDENT);
    flags.push('student');
  }
  if (profile.atCompetitor) {
    disqualifications.push(COMPETITOR);
    flags.push('competitor');
  }

  const fit = title + company + contact + poor;
  if (fit > 80) {
    reasons.push({ kind: 'dimension-cap', dimension: 'fit', id: 'fit', label: 'Fit', points: 80 - fit, limit: 80 });
    return 80;
  }
  if (fit < 0) {
    reasons.push({ kind: 'floor', dimension: 'fit', id: 'fit', label: 'Fit', points: -fit, limit: 0 });
    return 0;
  }
  return fit;
}

const TITLE_EXECUTIVE = line('title-executive', 'Title executive', 25);
const TITLE_DIRECTOR = line('title-director', 'Title director', 20);
const TITLE_MANAGER = line('title-manager', 'Title manager', 12);
const TITLE_FUNCTION = line('title-function', 'Title function', 10);
const SIZE_1000 = line('company-size', 'Company size: 1000+', 20);
const SIZE_100 = line('company-size', 'Company size: 100-999', 15);
const SIZE_11 = line('company-size', 'Company size: 11-99', 5);
const REVENUE_100M = line('annual-revenue', 'Annual revenue: 100m+', 20);
const REVENUE_10M = line('annual-revenue', 'Annual revenue: 10m-100m', 10);
const REVENUE_1M = line('annual-revenue', 'Annual revenue: 1m-10m', 5);
const TARGET_INDUSTRY = line('target-industry', 'Target industry', 10);
const SOFTWARE = line('software', 'Software', 5);
const TARGET_ACCOUNT = line('target-account', 'Target account', 20);
const HOME_MARKET = line('home-market', 'Home market', 10);
const BUSINESS_EMAIL = line('business-email', 'Business email', 5);
const BUYING_SOON = line('buying-soon', 'Buying soon', 20);
const PERSONAL_EMAIL = line('personal-email', 'Personal email', -10);
const STUDENT = line('student', 'Student', -50);
const COMPETITOR: Disqualification = { criterion: 'competitor', why: 'works for a competitor' };

/** A line that is the same for everybody who has it. */
function line(id: string, label: string, points: number): Reason {
  return { kind: 'criterion', dimension: 'fit', id, label, points };
}
