import { beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/base/clock.ts';
import type { Org } from '../../../../src/sandbox/salesforce/org/org.ts';
import { grant, newOrg, query } from './new-org.ts';

let org: Org;
const ids: Record<string, string> = {};

beforeAll(async () => {
  const world = newOrg();
  org = world.org;
  org.addField('Lead', { name: 'Flags__c', label: 'Flags', type: 'multipicklist', picklist: ['a', 'b', 'c'] });
  grant(org, 'Lead.Flags__c');
  const people = [
    ['Ada', { Title: 'CEO', NumberOfEmployees: 5, Rating: 'Hot', Email: 'ada@one.example', HasOptedOutOfEmail: true }],
    ['Bob', { Title: 'ceo of 100% Ltd', NumberOfEmployees: 50, Rating: 'Warm', Email: 'bob@two.example' }],
    ['Cid', { NumberOfEmployees: 500, Description: "O'Connor" }],
    ['Dot', { Title: 'It_', Rating: 'Cold', Email: 'DOT@one.example' }],
  ] as const;
  for (const [name, values] of people) {
    ids[name] = world.people.createLead({ LastName: name, ...values }).id;
    await world.clock.advance(DAY);
  }
  const { org: made } = world;
  made.update(ids.Ada!, { Flags__c: 'a;b' });
  made.update(ids.Bob!, { Flags__c: 'c' });
  const account = world.people.createAccount({ Name: 'Engines', NumberOfEmployees: 7 });
  const contact = world.people.createContact({ LastName: 'Eve', AccountId: account.id });
  world.people.createContact({ LastName: 'Fay' });
  ids.Eve = contact.id;
  world.people.logTask(contact.id);
  world.people.logTask(ids.Ada!);
});

/** The names of the leads that pass, in order of their ids. */
function found(where: string, object = 'Lead'): string {
  return query(org, `SELECT LastName FROM ${object} WHERE ${where}`)
    .map((row) => (typeof row === 'object' && row !== null && 'LastName' in row ? row.LastName : ''))
    .join(' ');
}

describe('a WHERE', () => {
  it.each([
    ["LastName = 'ada'", 'Ada'],
    ["LastName != 'Ada'", 'Bob Cid Dot'],
    ["LastName IN ('Ada', 'Cid', 'Nobody')", 'Ada Cid'],
    ["Rating NOT IN ('Hot', 'Warm')", 'Cid Dot'],
    ["Rating != 'Hot'", 'Bob Cid Dot'],
    ['Rating = null', 'Cid'],
    ['Rating != null', 'Ada Bob Dot'],
    ["Email = 'dot@ONE.example'", 'Dot'],
    ["Title LIKE 'ceo%'", 'Ada Bob'],
    ["Title LIKE '%100\\%%'", 'Bob'],
    ["Title LIKE 'It\\_'", 'Dot'],
    ["Title LIKE 'I__'", 'Dot'],
    ["(NOT Title LIKE '%ceo%')", 'Cid Dot'],
    ['NumberOfEmployees > 5', 'Bob Cid'],
    ['NumberOfEmployees >= 5 AND NumberOfEmployees < 500', 'Ada Bob'],
    ['HasOptedOutOfEmail = true', 'Ada'],
    ['HasOptedOutOfEmail = FALSE', 'Bob Cid Dot'],
    ["Flags__c INCLUDES ('a;b', 'c')", 'Ada Bob'],
    ["Flags__c INCLUDES ('a;c')", ''],
    ["Flags__c EXCLUDES ('a')", 'Bob Cid Dot'],
    ["Rating = 'Hot' OR (Rating = 'Warm' AND NumberOfEmployees = 50)", 'Ada Bob'],
    ["(Rating = 'Hot' OR Rating = 'Warm') AND NumberOfEmployees = 50", 'Bob'],
    ["NOT (Rating = 'Hot' OR Rating = 'Warm')", 'Cid Dot'],
    ["LastName > 'bob'", 'Cid Dot'],
    ['CreatedDate >= 2026-11-17T00:00:00Z AND CreatedDate < 2026-11-18T10:00:00+01:00', 'Bob'],
    ['CreatedDate > 2026-11-17T09:00:00.000+0000', 'Cid Dot'],
    ['CreatedDate = LAST_N_DAYS:2', 'Cid Dot'],
    ['CreatedDate < N_DAYS_AGO:2', 'Ada Bob'],
    ['CreatedDate = YESTERDAY', 'Dot'],
    ['CreatedDate = TODAY', ''],
    ['CreatedDate >= THIS_WEEK', 'Ada Bob Cid Dot'],
    ['CreatedDate = LAST_MONTH', ''],
    ["Owner.Type = 'User' AND Owner.Email LIKE 'dana%' AND LastName = 'Ada'", 'Ada'],
  ])('%s', (where, names) => {
    expect(found(where)).toBe(names);
  });

  it('follows parents, two of them too', () => {
    expect(found("Account.Name = 'Engines'", 'Contact')).toBe('Eve');
    expect(found('Account.NumberOfEmployees = null', 'Contact')).toBe('Fay');
    expect(
      query(org, "SELECT WhoId FROM Task WHERE Who.Type = 'Contact' AND Account.Owner.Name = 'Dana Whitlock'"),
    ).toEqual([{ WhoId: ids.Eve }]);
  });

  it('asks an inner query', () => {
    expect(found("Id IN (SELECT WhoId FROM Task WHERE Status = 'Completed')")).toBe('Ada');
    expect(found("Id NOT IN (SELECT WhoId FROM Task WHERE Status = 'Completed')")).toBe('Bob Cid Dot');
  });

  it('knows ids of 15 characters', () => {
    expect(found(`Id = '${ids.Ada!.slice(0, 15)}'`)).toBe('Ada');
    expect(found(`Id > '${ids.Ada}' AND Id <= '${ids.Cid}'`)).toBe('Bob Cid');
  });
});
