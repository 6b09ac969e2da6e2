import type { PicklistValue } from '../field.ts';

/** As a new org has them. */
export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];

export const RATINGS = ['Hot', 'Warm', 'Cold'];

export const INDUSTRIES = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Other',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
];

/** The values of Lead.Status with what the LeadStatus object says of them. */
export const LEAD_STATUSES = [
  { label: 'Open - Not Contacted', isConverted: false, isDefault: true },
  { label: 'Working - Contacted', isConverted: false, isDefault: false },
  { label: 'Closed - Converted', isConverted: true, isDefault: false },
  { label: 'Closed - Not Converted', isConverted: false, isDefault: false },
] as const;

/** The values of Opportunity.StageName with what the OpportunityStage object says of them. */
export const OPPORTUNITY_STAGES = [
  { label: 'Prospecting', probability: 10, isClosed: false, isWon: false },
  { label: 'Qualification', probability: 10, isClosed: false, isWon: false },
  { label: 'Needs Analysis', probability: 20, isClosed: false, isWon: false },
  { label: 'Value Proposition', probability: 50, isClosed: false, isWon: false },
  { label: 'Perception Analysis', probability: 70, isClosed: false, isWon: false },
  { label: 'Proposal/Price Quote', probability: 75, isClosed: false, isWon: false },
  { label: 'Negotiation/Review', probability: 90, isClosed: false, isWon: false },
  { label: 'Closed Won', probability: 100, isClosed: true, isWon: true },
  { label: 'Closed Lost', probability: 0, isClosed: true, isWon: false },
] as const;

/** What the members of a campaign begin with. */
export const MEMBER_STATUSES = [
  { label: 'Sent', hasResponded: false, isDefault: true },
  { label: 'Responded', hasResponded: true, isDefault: false },
] as const;

export const TASK_STATUSES = ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'];

/** Picklist values, one of them chosen unless told. */
export function withDefault(values: readonly string[], chosen: string): PicklistValue[] {
  return values.map((value) => ({ value, label: value, active: true, defaultValue: value === chosen }));
}
