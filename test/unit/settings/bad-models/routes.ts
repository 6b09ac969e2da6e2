import type { Mistake } from './mistake.ts';

const REQUIRES = 'requires: [email, company]';
const ACCOUNT = 'account: { of: total';
const lifecycle = (what: string, wrong: string, message: string): Mistake => [
  what,
  REQUIRES,
  `${REQUIRES}\n  ${wrong}`,
  message,
];
const routes = (what: string, wrong: string, message: string): Mistake => [
  what,
  ACCOUNT,
  `routes: ${wrong}\n${ACCOUNT}`,
  message,
];
const nurture = (what: string, rule: string, message: string): Mistake =>
  routes(what, `{ nurture: [${rule}] }`, message);

const EBOOK = '{ activity: form-submission, form: ebook }';

/** The gates to lead, the way back, and where leads go. */
export const routeMistakes: readonly Mistake[] = [
  lifecycle(
    'a gate to lead that asks nothing',
    'lead: ▸{}',
    'say from where on a subscriber is a lead: by fit, by engagement or by both, such as { fit: 20 }',
  ),
  lifecycle(
    'a gate that is a number alone',
    'lead: ▸20',
    '"lead" must be keys with values, not 20: such as { fit: 20 }',
  ),
  lifecycle(
    'a way back from the gate itself',
    'recycle: { engagement_below: ▸40, for: 30d }',
    'leads would go back and forth: engagement_below is 40 and must lie below the gate of engagement, which is 40: write 20, or anything below 40',
  ),
  lifecycle('a way back without a time', 'recycle: ▸{ engagement_below: 20 }', 'missing key "for"'),
  lifecycle(
    'a way back under another word',
    '▸demote: { engagement_below: 20, for: 30d }',
    'unknown key "demote": did you mean "recycle"?',
  ),
  lifecycle(
    'a threshold under another word',
    'recycle: { ▸below: 20, for: 30d }',
    'unknown key "below": did you mean "engagement_below"?',
  ),
  routes('an unknown route', '{ ▸sale: { task: true } }', 'unknown key "sale": did you mean "sales"?'),
  routes(
    'who goes to sales in another word',
    '{ sales: { when: ▸mql } }',
    '"mql" is not allowed for "when": use one of mql_or_fast_track, fast_track',
  ),
  routes('a task for whom nobody knows', '{ sales: { task: ▸some } }', '"task" must be true, fast_track or false'),
  routes(
    'one to tell without brackets',
    '{ sales: { notify: ▸owner } }',
    '"notify" must be a list, not "owner": write [owner]',
  ),
  routes(
    'somebody to tell who is none',
    '{ sales: { notify: [▸boss] } }',
    '"boss" is not allowed for entry 1 of "notify": use one of owner, manager, team',
  ),
  routes('a time with a blank', '{ sales: { follow_up_within: ▸1 day } }', '"1 day" is not a length of time: write 1d'),
  nurture(
    'a series by what somebody is',
    '{ id: a, when: ▸{ field: country, country: dach } }',
    'a nurture series begins with something that the person did: ask for an activity',
  ),
  nurture(
    'a series for any form',
    '{ id: a, when: ▸{ activity: form-submission } }',
    'name the forms that lead into the series, such as form: [ebook, whitepaper]',
  ),
  nurture(
    'a form that config does not know',
    '{ id: a, when: { activity: form-submission, form: ▸ebok } }',
    'hubspot.yaml has no form "ebok": did you mean "ebook"?',
  ),
  nurture(
    'the name of a fast track',
    `{ id: ▸demo-request, when: ${EBOOK} }`,
    'there is already a rule "demo-request": use another word (the first is in line 92)',
  ),
  nurture(
    'how soon to answer a series',
    `{ id: a, when: ${EBOOK}, ▸follow_up_within: 1d }`,
    'unknown key "follow_up_within": use one of id, when',
  ),
  routes(
    'series by their names',
    `{ nurture: ▸{ content: ${EBOOK} } }`,
    '"nurture" must be a list, not keys with values: begin each of its entries with "- "',
  ),
];
