import { describe, expect, it } from 'vitest';
import { newOrg, query } from './new-org.ts';

const ROBOT = { lastName: 'Robot', email: 'robot@acme.example', profile: 'Minimum Access - API Only Integrations' };

describe('the users of an org', () => {
  it('have a time zone, a manager who may come later in the list, and a kind', () => {
    const { org } = newOrg({
      timeZone: 'Europe/Paris',
      users: [
        { lastName: 'Ann', email: 'ann@acme.example', timeZone: 'America/New_York', manager: 'cy@acme.example' },
        { lastName: 'Chat', email: 'chat@acme.example', userType: 'CsnOnly' },
        { lastName: 'Cy', email: 'cy@acme.example' },
      ],
    });
    const soql =
      "SELECT Name, TimeZoneSidKey, Manager.Name FROM User WHERE UserType = 'Standard' ORDER BY Name LIMIT 2";
    expect(query(org, soql)).toEqual([
      { Name: 'Ann', TimeZoneSidKey: 'America/New_York', Manager: { Name: 'Cy' } },
      { Name: 'Cy', TimeZoneSidKey: 'Europe/Paris', Manager: null },
    ]);
    expect(() => newOrg({ users: [{ lastName: 'Ann', email: 'a@b.example', manager: 'nobody' }] })).toThrow('nobody');
  });

  it('leave, and then own nothing new', () => {
    const { org, people } = newOrg();
    const [seller] = org.sellers;
    people.change(seller?.id ?? '', { IsActive: false });
    expect(() => people.createLead({ OwnerId: seller?.id })).toThrow('INACTIVE_OWNER_OR_USER');
  });
});

describe('sales', () => {
  it('set the status of a lead', () => {
    const { org, people } = newOrg();
    const { id } = people.createLead({});
    people.setStatus(id, 'Working - Contacted');
    expect(org.get(id).text('Status')).toBe('Working - Contacted');
  });
});

describe('the members of a campaign', () => {
  it('are read and made by whoever may read the campaign, and changed by whoever may edit it', () => {
    const { org, people } = newOrg({ integrationUser: ROBOT });
    const campaign = people.createCampaign('Series').id;
    const [lead, other] = [people.createLead({}).id, people.createLead({}).id];
    const by = { by: org.integrationUserId };
    const put = (LeadId: string) => org.insert('CampaignMember', { CampaignId: campaign, LeadId }, by);
    expect(put(lead)).toMatchObject({ success: false });
    const set = org.insert('PermissionSet', { Name: 'Reads', Label: 'Reads' });
    if (!set.success) throw new Error('no permission set');
    const access = org.insert('ObjectPermissions', {
      ParentId: set.id,
      SobjectType: 'Campaign',
      PermissionsRead: true,
    });
    if (!access.success) throw new Error('no access');
    org.insert('PermissionSetAssignment', { PermissionSetId: set.id, AssigneeId: org.integrationUserId });
    const member = put(lead);
    if (!member.success) throw new Error('no member');
    expect(query(org, 'SELECT LeadId, Status FROM CampaignMember')).toEqual([{ LeadId: lead, Status: 'Sent' }]);
    expect(org.update(member.id, { Status: 'Responded' }, by)).toMatchObject({ success: false });
    org.update(access.id, { PermissionsEdit: true });
    expect(org.update(member.id, { Status: 'Responded' }, by)).toMatchObject({ success: true });
    expect(put(other)).toMatchObject({ success: true });
  });
});
