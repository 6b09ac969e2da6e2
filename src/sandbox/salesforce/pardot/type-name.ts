import type { VisitorActivity } from '../org/prospects.ts';

/** Things that an activity may be about, by the field that names them. */
const ASSETS = [
  ['formId', 'Form'],
  ['formHandlerId', 'Form Handler'],
  ['landingPageId', 'Landing Page'],
  ['fileId', 'File'],
  ['customRedirectId', 'Custom Redirect'],
] as const;

/** By their types, of activities that are about none of these. */
const BY_TYPE: readonly (readonly [types: readonly number[], name: string])[] = [
  [[1, 17], 'Email Tracker'],
  [[6, 11, 12, 13, 14, 15, 16, 35, 36, 37], 'Email'],
  [[2], 'Page View'],
  [[5, 20], 'Visit'],
  [[7], 'Site Search'],
  [[8, 9, 10, 18, 19, 38], 'Opportunity'],
  [[21], 'Custom Redirect'],
  [[24, 25], 'Webinar'],
  [[28, 29], 'Event'],
];

/** The `typeName`: what the activity is about, where its `type` is what was done with it. */
export function typeNameOf(activity: VisitorActivity): string {
  const asset = ASSETS.find(([field]) => activity[field] !== undefined);
  if (asset !== undefined) return asset[1];
  return BY_TYPE.find(([types]) => types.includes(activity.type))?.[1] ?? 'Unknown';
}
