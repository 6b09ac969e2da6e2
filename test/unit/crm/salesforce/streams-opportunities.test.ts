import { expect, test } from 'vitest';
import {
  CONTACT,
  DAY,
  forgetOrgs,
  id,
  LEAD,
  MINUTE,
  NOON,
  OTHER_CONTACT,
  streamsOf,
  told,
  WINDOW,
  written,
} from './streams-bench.ts';

forgetOrgs();

const WON = id('006', 1);
const EDITED = NOON - 10 * MINUTE;

const opportunity = (more: object = {}) => ({
  Id: WON,
  SystemModstamp: written(EDITED),
  IsDeleted: false,
  CreatedDate: written(NOON - 20 * DAY),
  IsWon: true,
  CloseDate: '2026-11-02',
  ...more,
});

const role = (ContactId: string, more: object = {}) => ({
  Id: id('00K', Number(ContactId.slice(3, 15))),
  SystemModstamp: written(NOON - 5 * DAY),
  IsDeleted: false,
  OpportunityId: WON,
  ContactId,
  ...more,
});

interface Sales {
  readonly edited?: readonly object[];
  readonly editedRoles?: readonly object[];
  readonly roles?: readonly object[];
  readonly leads?: readonly object[];
  readonly now?: object;
}

function bench({ edited = [], editedRoles = [], roles = [], leads = [], now = opportunity() }: Sales) {
  const byStamp = (soql: string) => soql.includes('ORDER BY SystemModstamp');
  return streamsOf({
    open: ['opportunities'],
    tables: {
      Opportunity: (soql) => (byStamp(soql) ? edited : [now]),
      OpportunityContactRole: (soql) => (byStamp(soql) ? editedRoles : roles),
      Lead: leads,
    },
  });
}

test('an opportunity that was won is told for everyone who has a role in it, in two calls', async () => {
  const { pull, asked } = bench({ edited: [opportunity()], roles: [role(CONTACT), role(OTHER_CONTACT)] });
  const at = Date.UTC(2026, 10, 2, 12);
  const observations = await pull('deal-won');
  expect(observations.map(told)).toEqual([
    { who: CONTACT, id: WON, type: 'deal-won', at },
    { who: OTHER_CONTACT, id: WON, type: 'deal-won', at },
  ]);
  expect(observations.map(({ revision }) => revision)).toEqual([EDITED, EDITED]);
  expect(asked.map((queries) => queries.length)).toEqual([2, 2]);
});

test('where nobody has a role, it is told for the lead that it was made from, who is a contact by now', async () => {
  const leads = [{ Id: LEAD, ConvertedOpportunityId: WON, ConvertedContactId: CONTACT }];
  const { pull } = bench({ edited: [opportunity()], leads });
  expect((await pull('deal-won')).map(told)).toMatchObject([{ who: CONTACT, type: 'deal-won' }]);
});

test('who got a role in it later is told of it, though the opportunity was not edited', async () => {
  const joined = role(OTHER_CONTACT, { SystemModstamp: written(NOON - MINUTE) });
  const now = opportunity({ SystemModstamp: written(NOON - 9 * DAY) });
  const { pull } = bench({ editedRoles: [joined], roles: [role(CONTACT), joined], now });
  const observations = await pull('deal-won');
  expect(observations.map(({ person, revision }) => ({ person, revision }))).toEqual([
    { person: { leadId: CONTACT }, revision: NOON - MINUTE },
    { person: { leadId: OTHER_CONTACT }, revision: NOON - MINUTE },
  ]);
});

test('who lost a role in it, or was told for want of roles, has it taken back', async () => {
  const leads = [{ Id: LEAD, ConvertedOpportunityId: WON, ConvertedContactId: null }];
  const roles = [role(CONTACT), role(OTHER_CONTACT, { IsDeleted: true })];
  const { pull } = bench({ edited: [opportunity()], roles, leads });
  expect((await pull('deal-won')).map(told)).toMatchObject([
    { who: CONTACT },
    { who: OTHER_CONTACT, withdrawn: true },
    { who: LEAD, withdrawn: true },
  ]);
});

test.each([[{ IsWon: false }], [{ IsDeleted: true }]])('one that is won no more is taken back: %o', async (how) => {
  const { pull } = bench({ edited: [opportunity(how)], roles: [role(CONTACT)], now: opportunity(how) });
  expect((await pull('deal-won')).map(told)).toMatchObject([{ who: CONTACT, withdrawn: true }]);
});

test('two thousand at a time are looked up in two calls', async () => {
  const edited = Array.from({ length: 1_999 }, (_, index) => opportunity({ Id: id('006', index + 1) }));
  const { pull, asked } = bench({ edited });
  await pull('deal-won', { ...WINDOW, since: NOON - 30 * DAY });
  const lookups = asked.filter((queries) => queries.length > 1);
  expect(lookups.map((queries) => queries.length)).toEqual([5, 5]);
});

test('one that was only just made costs no further call', async () => {
  const { pull, asked } = bench({ edited: [opportunity({ IsWon: false, CreatedDate: written(EDITED) })] });
  await expect(pull('deal-won')).resolves.toEqual([]);
  expect(asked).toHaveLength(1);
});

test('where nothing is known yet, those are read that were won since then', async () => {
  const { pull, asked } = bench({ edited: [opportunity()], roles: [role(CONTACT)] });
  expect(await pull('deal-won', { ...WINDOW, since: NOON - 30 * DAY })).toHaveLength(1);
  expect(asked.flat()).toHaveLength(3);
  expect(asked.flat()[0]).toContain('WHERE IsDeleted = false AND (IsWon = true AND CloseDate >= 2026-10-02) ORDER BY');
});
