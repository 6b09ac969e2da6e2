import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { engagementCriterion, fitCriterion } from './criterion-schema.ts';
import { decayKeys } from './decay-schema.ts';
import { label, limit } from './model-words.ts';
import { key } from './schema-key.ts';

const TITLE = {
  name: 'Title',
  max: 30,
  criteria: [{ id: 'title-vp', when: { field: 'job_title', seniority: 'vp' }, points: 25 }],
};
const WEB = {
  name: 'Web',
  max: 40,
  criteria: [{ id: 'pricing-page', when: { activity: 'page-view', url: '/pricing*' }, points: 10 }],
};

const shared = {
  name: key(label, 'What sales reps read where the group is capped, such as Web.', 'Web'),
  max: key(
    limit.optional(),
    'The criteria of the group score at most this together, after decay; and at most this much below 0.',
    40,
  ),
};

const fitGroup = z.strictObject({
  ...shared,
  criteria: key(z.array(fitCriterion).min(1), 'What counts in this group.', TITLE.criteria),
});

const engagementGroup = z.strictObject({
  ...shared,
  window: key(duration.optional(), 'How far back the activities of this group count, such as 90d.', '90d'),
  ...decayKeys,
  criteria: key(z.array(engagementCriterion).min(1), 'What counts in this group.', WEB.criteria),
});

const limits = {
  max: key(limit, 'The dimension scores at most this.', 100),
  floor: key(
    z.union([z.literal('none'), z.int().min(-1_000_000).max(0)]).optional(),
    'The dimension falls no lower than this, 0 or below; when absent it stops at 0, and none lets it fall.',
    -50,
    'none',
  ),
};

const GROUPS = 'Criteria that belong together and may share a cap.';

export const fitDimension = key(
  z.strictObject({ ...limits, groups: key(z.array(fitGroup).min(1), GROUPS, [TITLE]) }),
  'Explicit: what is known about the lead.',
  { max: 100, groups: [TITLE] },
);

export const engagementDimension = key(
  z.strictObject({
    ...limits,
    window: key(
      duration,
      'How far back activities count, such as 180d, unless a group or criterion says otherwise.',
      '180d',
    ),
    ...decayKeys,
    groups: key(z.array(engagementGroup).min(1), GROUPS, [WEB]),
  }),
  'Implicit: what the person did.',
  { max: 100, window: '180d', half_life: '30d', groups: [WEB] },
);

export type GroupSource = z.output<typeof fitGroup> | z.output<typeof engagementGroup>;
