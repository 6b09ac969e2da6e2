import type { Mistake } from './mistake.ts';

/** Questions about what somebody did: activities, forms, paths, and how often they count. */
export const activities: readonly Mistake[] = [
  [
    'a field and an activity side by side',
    '{ activity: visit, at_least: 10 }',
    '{ field: country, activity: ▸visit, at_least: 10 }',
    '"field" and "activity" cannot stand side by side: put both under "all"',
  ],
  ['a form with a typo', 'form: ebook', 'form: ▸e-book', 'hubspot.yaml has no form "e-book": did you mean "ebook"?'],
  [
    'a form of two with a typo',
    '[demo-request, contact-sales]',
    '[demo-request, ▸contact-sale]',
    'hubspot.yaml has no form "contact-sale": did you mean "contact-sales"?',
  ],
  [
    'an activity with a typo',
    'activity: page-view',
    'activity: ▸page-veiw',
    '"page-veiw" is not allowed for "activity": did you mean "page-view"?',
  ],
  [
    'an activity with an underscore',
    'activity: page-view',
    'activity: ▸page_view',
    '"page_view" is not allowed for "activity": did you mean "page-view"?',
  ],
  [
    'an activity by another name',
    'activity: page-view',
    'activity: ▸webinar',
    '"webinar" is not allowed for "activity": did you mean "event-registration"?',
  ],
  ['a per by another name', 'per: day', 'per: ▸daily', '"daily" is not allowed for "per": did you mean "day"?'],
  [
    'a per that is none',
    'per: day',
    'per: ▸month',
    '"month" is not allowed for "per": use one of each, day, week, once',
  ],
  [
    'a whole address',
    'url: "/pricing*"',
    'url: ▸https://www.example.com/pricing',
    '"https://www.example.com/pricing" is a whole address: write its path only, such as /pricing*',
  ],
  ['a path without its slash', 'url: "/pricing*"', 'url: ▸pricing', 'a path begins with /: write "/pricing"'],
  [
    'a query in a path',
    'url: "/pricing*"',
    'url: ▸/pricing?plan=team',
    'what follows ? or # in an address is not looked at: leave it out of "/pricing?plan=team"',
  ],
  [
    'a path that is a number',
    'url: "/pricing*"',
    'url: ▸404',
    '"url" must be text or a list, not 404: put it in quotes, "404"',
  ],
  [
    'a path on an activity without a page',
    '{ activity: visit, at_least: 10 }',
    '{ activity: meeting, url: ▸/pricing }',
    'no page belongs to an activity of type meeting: leave "url" out',
  ],
  [
    'a form on another activity',
    '{ activity: visit, at_least: 10 }',
    '{ activity: visit, form: ▸ebook }',
    '"form" needs activity: form-submission, not visit',
  ],
  [
    'a field in an activity',
    '{ activity: visit, at_least: 10 }',
    '{ activity: visit, is: ▸long }',
    '"is" needs "field" beside it, not "activity"',
  ],
  [
    'an activity under fit',
    '{ field: phone, missing: true }',
    '▸{ activity: page-view, url: /jobs }',
    'an activity cannot stand here: only questions about fields can',
  ],
  [
    'silence under fit',
    '{ field: phone, missing: true }',
    '▸{ inactive_for: 30d }',
    '"inactive_for" cannot stand here: it stands under engagement, alone or in "all" with questions about fields',
  ],
  [
    'an activity under not',
    '{ activity: visit, at_least: 10 }',
    '{ not: ▸{ activity: visit } }',
    'an activity cannot stand here: only questions about fields can',
  ],
  [
    'two activities',
    '{ activity: visit, at_least: 10 }',
    '{ all: [{ activity: visit }, ▸{ activity: call }] }',
    'only one activity can be asked for: for one of several forms or pages, list them, such as form: [ebook, webinar]',
  ],
  [
    'per on a question about fields',
    '{ inactive_for: 60d }\n          points: -7',
    '{ field: phone, missing: true }\n          points: -7\n          per: ▸day',
    '"per" has nothing to apply to: "silent" asks for no activity',
  ],
  [
    'a fast track on nothing',
    '{ activity: form-submission, form: [demo-request, contact-sales] }',
    '▸{}',
    'an empty condition: ask about a field or an activity',
  ],
  [
    'a fast track on every form',
    '{ activity: form-submission, form: [demo-request, contact-sales] }',
    '▸{ activity: form-submission }',
    'name the forms that go straight to sales, such as form: [demo-request]',
  ],
];
