import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../src/sandbox/salesforce/soql/evaluate.ts';
import { grant, newOrg, query } from './new-org.ts';

const SCORE = { name: 'Score__c', label: 'Score', type: 'double', precision: 5 } as const;

describe('field-level security', () => {
  it('hides a new custom field from everybody, whoever made it, until a permission set grants it', () => {
    const { org, people, api } = newOrg();
    const lead = people.createLead({});
    org.addField('Lead', SCORE);
    expect(() => query(org, 'SELECT Score__c FROM Lead')).toThrow("No such column 'Score__c' on entity 'Lead'");
    expect(org.update(lead.id, { Score__c: 5 }, api)).toMatchObject({ errors: [{ statusCode: 'INVALID_FIELD' }] });
    grant(org, 'Lead.Score__c');
    expect(org.update(lead.id, { Score__c: 5 }, api).success).toBe(true);
    expect(query(org, 'SELECT Score__c FROM Lead')).toEqual([{ Score__c: 5 }]);
  });

  it('lets a field be read and not be written', () => {
    const { org, people, api } = newOrg();
    const lead = people.createLead({});
    org.addField('Lead', SCORE);
    grant(org, 'Lead.Score__c');
    const permission = org.type('FieldPermissions').where('Field', 'Lead.Score__c')[0]!;
    org.update(permission.id, { PermissionsEdit: false });
    expect(query(org, 'SELECT Score__c FROM Lead')).toEqual([{ Score__c: null }]);
    expect(org.update(lead.id, { Score__c: 5 }, api)).toMatchObject({
      errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Score__c'] }],
    });
  });

  it('is lost with the assignment, with the permission set and with the field', () => {
    const { org } = newOrg();
    org.addField('Lead', SCORE);
    const canRead = () => {
      const field = org.type('Lead').field('Score__c');
      return field !== undefined && org.access.canRead(org.integrationUserId, org.type('Lead'), field);
    };
    grant(org, 'Lead.Score__c');
    expect(canRead()).toBe(true);
    org.delete(org.type('PermissionSetAssignment').all[0]!.id);
    expect(canRead()).toBe(false);
    grant(org, 'Lead.Score__c');
    expect(canRead()).toBe(true);
    const set = org.type('PermissionSet').live().at(-1)!;
    org.delete(set.id);
    expect(canRead()).toBe(false);
    expect(org.type('FieldPermissions').where('ParentId', set.id)).toEqual([]);
    grant(org, 'Lead.Score__c');
    org.removeField('Lead', 'Score__c');
    org.addField('Lead', SCORE);
    expect(canRead()).toBe(false);
  });

  it('grants no field that is not there, and none twice', () => {
    const { org } = newOrg();
    expect(() => grant(org, 'Lead.Nonsense__c')).toThrow('bad value for restricted picklist field: Lead.Nonsense__c');
    org.addField('Lead', SCORE);
    expect(() => grant(org, 'Lead.Score__c', 'Lead.Score__c')).toThrow('duplicate value found');
  });

  it('of a field on a person account is that of the field of its contact', () => {
    const { org } = newOrg();
    org.addField('Contact', SCORE);
    expect(() => query(org, 'SELECT Score__pc FROM Account')).toThrow('Score__pc');
    grant(org, 'Contact.Score__c');
    expect(query(org, 'SELECT Score__pc FROM Account')).toEqual([]);
  });

  it('keeps an integration-only user from every object that no permission set opens', () => {
    const { org, api } = newOrg({
      integrationUser: {
        lastName: 'Robot',
        email: 'robot@gaugeworks.example',
        profile: 'Minimum Access - API Only Integrations',
      },
    });
    expect(() => query(org, 'SELECT Id FROM Lead')).toThrow("sObject type 'Lead' is not supported");
    const set = org.insert('PermissionSet', { Name: 'Leads', Label: 'Leads' });
    const parent = set.success ? set.id : '';
    org.insert('ObjectPermissions', { ParentId: parent, SobjectType: 'Lead', PermissionsRead: true });
    org.insert('PermissionSetAssignment', { PermissionSetId: parent, AssigneeId: api.by });
    expect(query(org, 'SELECT Id FROM Lead')).toEqual([]);
    expect(org.insert('Lead', { LastName: 'Doe', Company: 'Acme' }, api).success).toBe(false);
    expect(org.insert('PermissionSet', { Name: 'More', Label: 'More' }, api).success).toBe(false);
    expect(evaluate(org, 'SELECT COUNT() FROM Contact', { user: undefined }).totalSize).toBe(0);
  });
});
