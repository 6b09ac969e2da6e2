import { describe, expect, it } from 'vitest';
import { newOrg } from './new-org.ts';

describe('an org of many rules', () => {
  it('runs the lead assignment rule on every write of the API, unless it is told not to', () => {
    const { org, people, api } = newOrg();
    const [dana, marco] = org.users.map(({ id }) => id);
    const lead = people.createLead({ OwnerId: dana });
    org.assignmentRule = () => marco;
    people.change(lead.id, { Title: 'CEO' });
    org.update(lead.id, { Title: 'CTO' }, { ...api, autoAssign: false });
    expect(lead.get('OwnerId')).toBe(dana);
    expect(org.assignments).toEqual([]);
    org.update(lead.id, { Title: 'CFO' }, api);
    expect(lead.get('OwnerId')).toBe(marco);
    expect(org.assignments).toEqual([{ id: lead.id, ownerId: marco, at: org.now() }]);
  });

  it('refuses what a validation rule refuses, with its message', () => {
    const { org, people, api } = newOrg();
    const lead = people.createLead({});
    org.validationRules = [
      {
        type: 'Lead',
        field: 'Phone',
        message: 'Hot leads need a phone number.',
        refuses: (proposed) => proposed.get('Rating') === 'Hot' && proposed.get('Phone') === null,
      },
    ];
    expect(org.update(lead.id, { Rating: 'Hot' }, api)).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          message: 'Hot leads need a phone number.',
          fields: ['Phone'],
        },
      ],
    });
    expect(org.update(lead.id, { Rating: 'Hot', Phone: '+1 555 0100' }, api).success).toBe(true);
  });

  it('tells of the record that is there already, unless duplicates are allowed', () => {
    const { org, people, api } = newOrg();
    const first = people.createLead({ Email: 'ada@engines.example' });
    org.duplicateRules = [{ type: 'Lead', field: 'Email' }];
    const twin = { LastName: 'L', Company: 'E', Email: 'ADA@engines.example' };
    expect(org.insert('Lead', twin, api)).toMatchObject({
      errors: [{ statusCode: 'DUPLICATES_DETECTED', duplicates: [first.id] }],
    });
    expect(org.insert('Lead', twin, { ...api, allowDuplicates: true }).success).toBe(true);
    expect(org.update(first.id, { Title: 'Countess' }, api).success).toBe(true);
  });

  it('locks a record, and what belongs to an account that is locked, as often as it is told', () => {
    const { org, people, api } = newOrg();
    const account = people.createAccount({});
    const contact = people.createContact({ AccountId: account.id });
    org.lock(account.id, 2);
    const write = () => org.update(contact.id, { Title: 'CEO' }, api);
    for (let times = 0; times < 2; times++) {
      expect(write()).toMatchObject({
        errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: expect.stringContaining(account.id) }],
      });
    }
    expect(write().success).toBe(true);
    const off = org.lock(contact.id);
    off();
    expect(write().success).toBe(true);
  });

  it('breaks as a flow of the customer does', () => {
    const { org, people, api } = newOrg();
    const lead = people.createLead({});
    org.refusals.add({
      type: 'Lead',
      times: 1,
      error: { statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message: 'A flow failed', fields: [] },
    });
    expect(org.update(lead.id, {}, api)).toMatchObject({ errors: [{ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' }] });
    expect(org.update(lead.id, {}, api).success).toBe(true);
  });

  it('gives nothing to a user who left', () => {
    const { org, people, api } = newOrg();
    const lead = people.createLead({});
    const marco = org.users[1]!.id;
    org.update(marco, { IsActive: false });
    expect(org.update(lead.id, { OwnerId: marco }, api)).toMatchObject({
      errors: [{ statusCode: 'INACTIVE_OWNER_OR_USER' }],
    });
  });
});
