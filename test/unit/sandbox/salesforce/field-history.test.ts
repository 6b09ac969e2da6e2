import { describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/base/clock.ts';
import { grant, newOrg, query } from './new-org.ts';
import { openSalesforce, query as queryOf } from './open-salesforce.ts';

const LEAD_ROWS = 'SELECT Field, OldValue, NewValue, DataType, CreatedDate FROM LeadHistory';

describe('the history of leads and contacts', () => {
  it('has every change of a tracked field, and none of another', async () => {
    const { org, people, clock } = newOrg();
    const at = new Date(clock.now() + DAY).toISOString().replace('Z', '+0000');
    const { id } = people.createLead({ Title: 'Analyst', Phone: '1' });
    await clock.advance(DAY);
    people.change(id, { Title: 'CTO', Phone: '2', Country: 'France' });
    people.change(id, { Title: 'CTO' });
    expect(query(org, `${LEAD_ROWS} WHERE LeadId = '${id}' AND Field != 'created'`)).toEqual([
      { Field: 'Title', OldValue: 'Analyst', NewValue: 'CTO', DataType: 'string', CreatedDate: at },
      { Field: 'Country', OldValue: null, NewValue: 'France', DataType: 'string', CreatedDate: at },
    ]);
  });

  it('tells of a new lead and of a conversion without values, and of an owner by name and by id', () => {
    const { org, people } = newOrg();
    const { id, ...lead } = people.createLead({ LastName: 'Lovelace' });
    const seller = org.sellers.find((one) => one.id !== lead.slots[org.type('Lead').field('OwnerId')?.slot ?? 0]);
    people.change(id, { OwnerId: seller?.id });
    people.convert(id);
    const rows = query(org, `SELECT Field, DataType, NewValue FROM LeadHistory WHERE LeadId = '${id}'`);
    expect(rows).toMatchObject([
      { Field: 'created', NewValue: null },
      { Field: 'Owner', DataType: 'Text', NewValue: seller?.get('Name') },
      { Field: 'Owner', DataType: 'EntityId', NewValue: seller?.id },
      { Field: 'Status' },
      { Field: 'leadConverted', NewValue: null },
    ]);
  });

  it('keeps of a long text that it changed, and not what it was', () => {
    const { org, people } = newOrg({ tracked: { Contact: ['Description'] } });
    const { id } = people.createContact({ Description: 'before' });
    people.change(id, { Description: 'after' });
    const soql = "SELECT OldValue, NewValue FROM ContactHistory WHERE Field = 'Description'";
    expect(query(org, soql)).toEqual([{ OldValue: null, NewValue: null }]);
  });

  it('hides what the user may not see, and who may not read leads sees none', async () => {
    const { org, people } = newOrg({
      tracked: { Lead: ['Secret__c', 'Title'] },
      integrationUser: {
        lastName: 'Robot',
        email: 'robot@acme.example',
        profile: 'Minimum Access - API Only Integrations',
      },
    });
    org.addField('Lead', { name: 'Secret__c', label: 'Secret', type: 'string' });
    const { id } = people.createLead({});
    people.change(id, { Secret__c: 'x', Title: 'CTO' });
    expect(() => query(org, LEAD_ROWS)).toThrow('LeadHistory');
    const set = org.insert('PermissionSet', { Name: 'Reads', Label: 'Reads' });
    const values = { ParentId: set.success ? set.id : '', SobjectType: 'Lead', PermissionsRead: true };
    org.insert('ObjectPermissions', values);
    org.insert('PermissionSetAssignment', {
      PermissionSetId: set.success ? set.id : '',
      AssigneeId: org.integrationUserId,
    });
    const fields = () => query(org, "SELECT Field FROM LeadHistory WHERE Field != 'created'");
    expect(fields()).toEqual([{ Field: 'Title' }]);
    grant(org, 'Lead.Secret__c');
    expect(fields()).toHaveLength(2);
  });

  it('is of the fields that their definitions name, a name or an address as one', async () => {
    const { ask } = await openSalesforce({ tracked: { Lead: ['Title', 'Address'], Contact: ['Name'] } });
    const tracked = async (object: string) => {
      const soql = `SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = '${object}' AND IsFieldHistoryTracked = true`;
      const { status, body } = await ask('GET', queryOf(soql));
      expect(status).toBe(200);
      return body;
    };
    expect(await tracked('Lead')).toMatchObject({
      totalSize: 2,
      records: [{ QualifiedApiName: 'Title' }, { QualifiedApiName: 'Address' }],
    });
    expect(await tracked('Contact')).toMatchObject({ records: [{ QualifiedApiName: 'Name' }] });
    expect(await tracked('Account')).toMatchObject({ records: [] });
  });
});
