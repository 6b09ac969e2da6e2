import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { conditionSchema } from './condition-schema.ts';
import { idWord } from './model-words.ts';
import { key } from './schema-key.ts';

/** Who of sales may be told: the lead's owner, whom the owner reports to, and those that `config/sales.yaml` names. */
export const NOTIFY_WORDS = ['owner', 'manager', 'team'] as const;
export type NotifyWord = (typeof NOTIFY_WORDS)[number];

const salesRoute = z.strictObject({
  when: key(
    z.enum(['mql_or_fast_track', 'fast_track']).optional(),
    'Who goes to sales: whoever becomes an MQL or is fast-tracked, as when absent; or whoever is fast-tracked alone.',
    'mql_or_fast_track',
  ),
  task: key(
    z.union([z.boolean(), z.literal('fast_track')], { error: '"task" must be true, fast_track or false' }).optional(),
    'For whom a task is made in the CRM: true for all who go to sales, fast_track for those who are fast-tracked, as when absent; false for nobody.',
    true,
    'fast_track',
  ),
  notify: key(
    z.array(z.enum(NOTIFY_WORDS)).optional(),
    'Who is told by the channels of config/sales.yaml: owner, as when absent, manager, team, or nobody with [].',
    ['owner'],
    ['owner', 'manager'],
  ),
  follow_up_within: key(
    duration.optional(),
    'How soon sales must follow up on an MQL, within working hours; a day when absent. A fast track says its own.',
    '1d',
  ),
});

const nurtureRule = z.strictObject({
  id: key(idWord, 'Names the rule; written to the CRM with the lead that it routes to nurture.', 'content'),
  when: key(conditionSchema, 'One activity, alone or in `all` with questions about fields.', {
    activity: 'form-submission',
    form: ['ebook', 'whitepaper'],
  }),
});

/** Where leads go: to sales, to a nurture series, or nowhere yet. */
export const routesSchema = key(
  z.strictObject({
    sales: key(salesRoute.optional(), 'Who goes to sales, and how they learn of it.', {
      when: 'mql_or_fast_track',
      task: true,
      notify: ['owner'],
      follow_up_within: '1d',
    }),
    nurture: key(
      z.array(nurtureRule).optional(),
      'What leads into a nurture series; where several rules fit, the last thing done decides.',
      [{ id: 'content', when: { activity: 'form-submission', form: ['ebook', 'whitepaper'] } }],
    ),
  }),
  'Where leads go: to sales, to a nurture series, or nowhere yet.',
  {
    sales: { when: 'mql_or_fast_track', task: true, notify: ['owner'], follow_up_within: '1d' },
    nurture: [{ id: 'content', when: { activity: 'form-submission', form: ['ebook', 'whitepaper'] } }],
  },
);

export type RoutesSource = z.output<typeof routesSchema>;
