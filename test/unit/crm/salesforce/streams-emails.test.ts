import { expect, test } from 'vitest';
import {
  CONTACT,
  DAY,
  forgetOrgs,
  HOUR,
  id,
  LEAD,
  MINUTE,
  NOON,
  OTHER_LEAD,
  streamsOf,
  told,
  USER,
  written,
} from './streams-bench.ts';

forgetOrgs();

const MESSAGE = id('02s', 1);
const SENT = NOON - HOUR;

const message = (more: object = {}) => ({
  Id: MESSAGE,
  SystemModstamp: written(NOON - 10 * MINUTE),
  IsDeleted: false,
  CreatedDate: written(SENT),
  Incoming: false,
  Status: '3',
  IsBounced: false,
  MessageDate: written(SENT),
  FirstOpenedDate: null,
  ActivityId: null,
  ...more,
});

const relation = (RelationType: string, RelationId: string | null, more: object = {}) => ({
  SystemModstamp: written(SENT),
  IsDeleted: false,
  EmailMessageId: MESSAGE,
  RelationId,
  RelationType,
  ...more,
});

async function pull(how: object, ...relations: object[]) {
  const { pull: poll } = streamsOf({
    open: ['emails'],
    tables: { EmailMessage: [message(how)], EmailMessageRelation: relations },
  });
  return (await poll('email')).map(told);
}

test('an e-mail of sales is to every lead and contact who got it', async () => {
  const got = await pull(
    {},
    relation('FromAddress', USER),
    relation('ToAddress', LEAD),
    relation('CcAddress', CONTACT),
    relation('BccAddress', null),
  );
  expect(got).toEqual([
    { who: LEAD, id: MESSAGE, type: 'sales-email', at: SENT },
    { who: CONTACT, id: MESSAGE, type: 'sales-email', at: SENT },
  ]);
});

test('a reply is its sender’s, and of nobody who got a copy', async () => {
  const got = await pull({ Incoming: true }, relation('FromAddress', CONTACT), relation('CcAddress', LEAD));
  expect(got).toEqual([{ who: CONTACT, id: MESSAGE, type: 'email-reply', at: SENT, isInbound: true }]);
});

test('one that was opened tells so, where one person alone can have done it', async () => {
  const opened = { FirstOpenedDate: written(NOON - 20 * MINUTE) };
  expect(await pull(opened, relation('ToAddress', LEAD))).toEqual([
    { who: LEAD, id: MESSAGE, type: 'sales-email', at: SENT },
    { who: LEAD, id: MESSAGE, type: 'email-open', at: NOON - 20 * MINUTE, deliveredAt: SENT },
  ]);
  const types = (await pull(opened, relation('ToAddress', LEAD), relation('CcAddress', null))).map(({ type }) => type);
  expect(types).toEqual(['sales-email']);
});

test.each([[{ IsDeleted: true }], [{ IsBounced: true }], [{ Status: '5' }]])(
  'one that did not reach anybody is taken back: %o',
  async (how) => {
    await expect(pull(how, relation('ToAddress', LEAD))).resolves.toMatchObject([
      { type: 'sales-email', withdrawn: true },
    ]);
  },
);

test('a draft that was only just begun needs no word', async () => {
  const how = { Status: '5', CreatedDate: written(NOON - 10 * MINUTE) };
  await expect(pull(how, relation('ToAddress', LEAD))).resolves.toEqual([]);
});

test('whoever it is no longer about has it taken back, and the others keep it', async () => {
  const got = await pull({}, relation('ToAddress', LEAD, { IsDeleted: true }), relation('ToAddress', OTHER_LEAD));
  expect(got).toEqual([
    { who: LEAD, id: MESSAGE, type: 'sales-email', at: SENT, withdrawn: true },
    { who: OTHER_LEAD, id: MESSAGE, type: 'sales-email', at: SENT },
  ]);
});

test('it has the id of the task beside it, so that it is one e-mail whichever told of it', async () => {
  const got = await pull({ ActivityId: id('00T', 7) }, relation('ToAddress', LEAD));
  expect(got.map((each) => each.id)).toEqual([id('00T', 7)]);
});

test('nobody is asked for subject or text, for e-mails of cases, or for whom nothing is about', async () => {
  const { pull: poll, asked } = streamsOf({ open: ['emails'], tables: { EmailMessage: [] } });
  await poll('email');
  expect(asked).toHaveLength(1);
  expect(asked.flat()[0]).toContain('FROM EmailMessage WHERE ParentId = null AND');
  expect(asked.flat()[0]).not.toMatch(/Subject|Body|Address/);
});

test('whom a thousand e-mails are about takes one call', async () => {
  const numbers = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const { pull: poll, asked } = streamsOf({
    open: ['emails'],
    tables: {
      EmailMessage: numbers.map((number) => message({ Id: id('02s', number), CreatedDate: written(NOON - DAY) })),
      EmailMessageRelation: (soql) =>
        [...soql.matchAll(/'(02s\w+)'/g)].map(([, one]) => relation('ToAddress', LEAD, { EmailMessageId: one })),
    },
  });
  expect(await poll('email')).toHaveLength(1_000);
  expect(asked.map((queries) => queries.length)).toEqual([1, 3]);
});
