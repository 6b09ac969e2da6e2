import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../../src/base/clock.ts';
import { grant, newOrg, query } from './new-org.ts';

describe('a person account', () => {
  it('is an account and a contact of the same person', () => {
    const { org, people } = newOrg();
    const contact = people.createPersonAccount({
      FirstName: 'Ada',
      LastName: 'Lovelace',
      Email: 'ada@home.example',
      MailingCountry: 'UK',
    });
    expect(contact.values()).toMatchObject({ IsPersonAccount: true, Name: 'Ada Lovelace', Email: 'ada@home.example' });
    expect(query(org, 'SELECT Name, IsPersonAccount, PersonEmail, PersonContactId FROM Account')).toEqual([
      { Name: 'Ada Lovelace', IsPersonAccount: true, PersonEmail: 'ada@home.example', PersonContactId: contact.id },
    ]);
    expect(query(org, 'SELECT Account.IsPersonAccount FROM Contact')).toEqual([{ Account: { IsPersonAccount: true } }]);
  });

  it('is written through its account alone, and both of them show it', async () => {
    const { org, people, api, clock } = newOrg();
    org.addField('Contact', { name: 'Score__c', label: 'Score', type: 'double' });
    grant(org, 'Contact.Score__c');
    const contact = people.createPersonAccount({});
    await clock.advance(MINUTE);
    expect(org.update(contact.id, { Score__c: 5 }, api)).toMatchObject({
      errors: [{ statusCode: 'INVALID_PERSON_ACCOUNT_OPERATION', message: 'cannot reference person contact' }],
    });
    const account = org.get(contact.text('AccountId') ?? '');
    expect(org.update(account.id, { Score__pc: 5 }, api).success).toBe(true);
    expect([account.get('Score__pc'), contact.get('Score__c')]).toEqual([5, 5]);
    expect([account.systemModstamp, contact.systemModstamp]).toEqual([org.now(), org.now()]);
    people.change(contact.id, { Email: 'new@home.example' });
    expect(account.get('PersonEmail')).toBe('new@home.example');
  });

  it('goes and comes back as one', () => {
    const { org, people } = newOrg();
    const contact = people.createPersonAccount({});
    const account = org.get(contact.text('AccountId') ?? '');
    people.remove(contact.id);
    expect([contact.isDeleted, account.isDeleted]).toEqual([true, true]);
    people.restore(account.id);
    expect([contact.isDeleted, account.isDeleted]).toEqual([false, false]);
  });

  it('is no field of an org that has none', () => {
    const { org } = newOrg({ personAccounts: false });
    expect(() => query(org, 'SELECT IsPersonAccount FROM Account')).toThrow('IsPersonAccount');
    expect(() => query(org, 'SELECT IsPersonAccount FROM Contact')).toThrow('IsPersonAccount');
  });
});
