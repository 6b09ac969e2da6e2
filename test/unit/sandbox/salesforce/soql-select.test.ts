import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../../src/base/clock.ts';
import { evaluate } from '../../../../src/sandbox/salesforce/soql/evaluate.ts';
import { restRow } from '../../../../src/sandbox/salesforce/soql/rest-row.ts';
import { newOrg, query } from './new-org.ts';

const NOBODY = { user: undefined };

describe('a SELECT', () => {
  it('answers as REST does: names as the object spells them, parents within, times in +0000', () => {
    const { org, people } = newOrg();
    const account = people.createAccount({ Name: 'Engines' });
    const contact = people.createContact({ LastName: 'Lovelace', AccountId: account.id });
    const [row] = evaluate(
      org,
      'SELECT id, account.name, account.owner.email, CREATEDDATE FROM contact',
      NOBODY,
    ).rows();
    const url = (type: string, id: string) => ({ type, url: `/services/data/v68.0/sobjects/${type}/${id}` });
    expect(restRow(row!, '/services/data/v68.0')).toEqual({
      attributes: url('Contact', contact.id),
      Id: contact.id,
      Account: {
        attributes: url('Account', account.id),
        Name: 'Engines',
        Owner: { attributes: url('User', org.users[0]!.id), Email: 'dana.whitlock@gaugeworks.example' },
      },
      CreatedDate: '2026-11-16T09:00:00.000+0000',
    });
  });

  it('answers as Bulk does: a column for each field, text alone, times in Z, nothing for null', () => {
    const { org, people } = newOrg();
    people.createContact({ LastName: 'Lovelace' });
    const answer = evaluate(
      org,
      'SELECT LastName, Account.Name, Title, HasOptedOutOfEmail, SystemModstamp FROM Contact',
      NOBODY,
    );
    expect(answer.columns).toEqual(['LastName', 'Account.Name', 'Title', 'HasOptedOutOfEmail', 'SystemModstamp']);
    expect(answer.csv()).toEqual([['Lovelace', '', '', 'false', '2026-11-16T09:00:00.000Z']]);
  });

  it('has null for a parent that is not there, and the kind of one that can be of several', () => {
    const { org, people } = newOrg();
    const lead = people.createLead({ LastName: 'Lovelace' });
    people.logTask(lead.id);
    expect(query(org, 'SELECT Who.Type, Who.Name, What.Name FROM Task')).toEqual([
      { Who: { Type: 'Lead', Name: 'Lovelace' }, What: null },
    ]);
  });

  it('brings children, of their own conditions and order', () => {
    const { org, people } = newOrg();
    const account = people.createAccount({ Name: 'Engines' });
    const lonely = people.createAccount({ Name: 'Nobody' });
    for (const name of ['Ada', 'Bob', 'Cid']) people.createContact({ LastName: name, AccountId: account.id });
    const soql = `SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != 'Bob' ORDER BY LastName DESC) FROM Account WHERE Id IN ('${account.id}', '${lonely.id}')`;
    expect(query(org, soql)).toEqual([
      { Name: 'Engines', Contacts: { totalSize: 2, done: true, records: [{ LastName: 'Cid' }, { LastName: 'Ada' }] } },
      { Name: 'Nobody', Contacts: null },
    ]);
  });

  it('sorts by several fields, with nulls first unless told', () => {
    const { org, people } = newOrg();
    for (const [LastName, Title] of [
      ['b', 'x'],
      ['C', undefined],
      ['a', 'x'],
      ['d', 'A'],
    ])
      people.createLead({ LastName, Title });
    const names = (order: string) =>
      query(org, `SELECT LastName FROM Lead ORDER BY ${order}`)
        .map((row) => Object.values(row!)[0])
        .join('');
    expect(names('Title, LastName')).toBe('Cdab');
    expect(names('Title DESC NULLS LAST, LastName DESC')).toBe('badC');
    expect(names('LastName LIMIT 2 OFFSET 1')).toBe('bC');
  });

  it('shows what is in the recycle bin to queryAll alone', () => {
    const { org, people } = newOrg();
    const lead = people.createLead({});
    people.remove(lead.id);
    expect(query(org, 'SELECT Id FROM Lead')).toEqual([]);
    expect(query(org, 'SELECT Id, IsDeleted FROM Lead WHERE IsDeleted = true', { all: true })).toEqual([
      { Id: lead.id, IsDeleted: true },
    ]);
    people.purge(lead.id);
    expect(query(org, 'SELECT Id FROM Lead', { all: true })).toEqual([]);
  });

  it('counts and groups', () => {
    const { org, people } = newOrg();
    for (const [Rating, NumberOfEmployees] of [
      ['Hot', 5],
      ['Hot', 7],
      ['Cold', undefined],
    ] as const) {
      people.createLead({ Rating, NumberOfEmployees });
    }
    const count = evaluate(org, "SELECT COUNT() FROM Lead WHERE Rating = 'Hot'", NOBODY);
    expect([count.isCount, count.totalSize, count.rows()]).toEqual([true, 2, []]);
    expect(query(org, 'SELECT Rating, COUNT(Id), MAX(NumberOfEmployees) most FROM Lead GROUP BY Rating')).toEqual([
      { Rating: 'Hot', expr0: 2, most: 7 },
      { Rating: 'Cold', expr0: 1, most: null },
    ]);
    expect(query(org, 'SELECT MAX(SystemModstamp) FROM Lead')).toEqual([{ expr0: '2026-11-16T09:00:00.000+0000' }]);
  });

  it('selects every field that the user sees', () => {
    const { org, people } = newOrg();
    org.addField('Lead', { name: 'Score__c', label: 'Score', type: 'double' });
    people.createLead({});
    const [all] = query(org, 'SELECT FIELDS(ALL) FROM Lead LIMIT 200');
    expect(all).toHaveProperty('IsConverted', false);
    expect(all).not.toHaveProperty('Score__c');
  });
});

describe('a keyset by SystemModstamp and Id', () => {
  it('meets every record once, however many share a second and whatever changes meanwhile', async () => {
    const { org, people, clock } = newOrg();
    const ids: string[] = [];
    for (let number = 0; number < 120; number++) {
      ids.push(people.createLead({ LastName: `L${number}` }).id);
      if (number % 40 === 39) await clock.advance(SECOND);
    }
    await clock.advance(MINUTE);
    const before = new Date(org.now()).toISOString();
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 20; pages++) {
      const rows = evaluate(
        org,
        `SELECT Id, SystemModstamp FROM Lead WHERE SystemModstamp < ${before}${after} ORDER BY SystemModstamp, Id LIMIT 17`,
        NOBODY,
      ).csv();
      seen.push(...rows.map(([id = '']) => id));
      const [lastId, time] = rows.at(-1) ?? [];
      if (rows.length < 17) break;
      after = ` AND (SystemModstamp > ${time} OR (SystemModstamp = ${time} AND Id > '${lastId}'))`;
      // Leaves the window; it was seen already.
      people.change(ids[0]!, { Title: String(pages) });
    }
    expect(seen).toEqual(ids);
    const late = evaluate(org, `SELECT Id FROM Lead WHERE SystemModstamp >= ${before}`, NOBODY).csv().flat();
    expect(late).toEqual([ids[0]]);
  });
});
