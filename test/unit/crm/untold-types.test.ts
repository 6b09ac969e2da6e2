import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';
import { modelOutputs } from '../../../src/crm/hubspot/model-outputs.ts';
import { untoldTypes } from '../../../src/crm/hubspot/streams/untold-types.ts';
import type { ActivityType } from '../../../src/leads/activity.ts';

function warningsOf(yaml: string, ...activityTypes: ActivityType[]): string[] {
  const config = hubspotConfigSchema.parse(parse(`fields: {}\n${yaml}`));
  const model = { id: 'platform', name: 'Platform', flags: [], personas: [], activityTypes };
  return untoldTypes(config, modelOutputs(config, [model])).map(({ level, message }) => `${level} ${message}`);
}

test('what streams, counters, forms and custom events tell of is no reason to warn', () => {
  const forms = 'forms: { demo: Demo }\ncustom_events: { trial: pe1_trial, docs: { event: pe1_docs, as: download } }';
  expect(
    warningsOf(forms, 'form-submission', 'page-view', 'email-open', 'event-attendance', 'custom-event', 'download'),
  ).toEqual([]);
});

const NOTHING = 'nothing here tells of it, so that it gives no points in the model platform';

test('what nothing tells of has a line each, with the model that asks for it and what would tell', () => {
  const off = 'streams: { marketing_events: off, marketing_emails: off }';
  expect(
    warningsOf(
      off,
      'page-view',
      'email-open',
      'email-bounce',
      'event-attendance',
      'download',
      'visit',
      'form-submission',
    ),
  ).toEqual([
    `warning email-bounce: ${NOTHING}. To have it read, write streams: { marketing_emails: auto }`,
    `warning event-attendance: ${NOTHING}. To have it read, write streams: { marketing_events: auto }`,
    `ok download: ${NOTHING}. A custom event could, named under custom_events`,
    `ok visit: ${NOTHING}. A custom event could, named under custom_events`,
    `warning form-submission: ${NOTHING}. To have it read, name the forms under forms`,
  ]);
});

test('a custom event is named by its key, alone or with what it counts as', () => {
  const events = (yaml: string) => hubspotConfigSchema.parse(parse(`fields: {}\ncustom_events: ${yaml}`)).custom_events;
  expect(events('{ trial: pe1_trial }')).toEqual({ trial: { event: 'pe1_trial', as: 'custom-event' } });
  expect(events('{ trial: { event: pe1_trial, as: visit, minutes: spent } }')).toEqual({
    trial: { event: 'pe1_trial', as: 'visit', minutes: 'spent' },
  });
  expect(() => events('{ trial: { event: pe1_trial, as: email-open } }')).toThrow();
  expect(() => events('{ Trial Started: pe1_trial }')).toThrow('write a key of a custom event in small letters');
});
