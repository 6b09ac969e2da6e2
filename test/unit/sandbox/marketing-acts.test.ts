import { describe, expect, it } from 'vitest';
import { FORMS } from '../../../src/sandbox/sandbox.ts';
import { NOW, openSandbox } from './open-sandbox.ts';

describe('over the controls of a sandbox', () => {
  it('marketing can do all that it can do in the same process', async () => {
    const { sandbox, ask } = await openSandbox();
    const contact = sandbox.people.createContact({ email: 'ada@acme.example' }).id;
    const contactIds = [contact];
    const act = async (name: string, more: object) => {
      const { status, body } = await ask('POST', '/_sandbox/act', { act: name, ...more });
      expect([name, status]).toEqual([name, 200]);
      return body.id ?? '';
    };
    const list = await act('createList', { name: 'Target accounts' });
    await act('addToList', { list, contactIds });
    await act('removeFromList', { list: 'Target accounts', contactIds });
    const event = await act('holdEvent', { name: 'Webinar', startsAt: NOW, endsAt: NOW + 3_600_000 });
    await act('registerFor', { event, contactIds });
    await act('attend', { event, contactIds, minutes: 30 });
    await act('cancel', { event, contactIds });
    await act('noShow', { event, contactIds });
    const mail = { campaign: 'Spring', contactId: contact };
    await act('sendMarketingEmail', { campaign: 'Spring', contactIds });
    await act('openEmail', mail);
    await act('clickEmail', { ...mail, url: 'https://www.gaugeworks.example/' });
    await act('bounceEmail', mail);
    await act('reportSpam', mail);
    await act('unsubscribe', mail);
    await act('fireEvent', { eventType: 'trial_started', contactId: contact, properties: { plan: 'team' } });
    await act('useInWorkflow', { record: 'contact', property: 'timeframe', workflow: 'Call' });
    const { lists, marketingEvents, mail: mails, customEvents, properties } = sandbox.portal;
    expect(lists.find(list)).toMatchObject({ members: new Map(), lastRemovedAt: expect.any(Number) });
    expect(marketingEvents.find(event)?.participations).toHaveLength(4);
    expect(mails.count).toBe(8);
    expect(customEvents.between(0, Number.POSITIVE_INFINITY)).toHaveLength(1);
    expect(properties.get('timeframe')?.usedBy).toBe('Call');
  });

  it('what cannot be is refused with a reason', async () => {
    const { sandbox, ask } = await openSandbox();
    const contactId = sandbox.people.createContact({}).id;
    const refused = async (body: object) => {
      const answer = await ask('POST', '/_sandbox/act', body);
      expect(answer.status).toBe(400);
      return answer.body.message;
    };
    expect(await refused({ act: 'addToList', list: 'Nobody', contactIds: [contactId] })).toContain('no list');
    expect(await refused({ act: 'attend', event: 'Nothing', contactIds: [contactId] })).toContain('no marketing event');
    const mail = { campaign: 'Spring', contactIds: [contactId] };
    expect(await refused({ act: 'sendMarketingEmail', ...mail })).toContain('has no e-mail address');
    expect(await refused({ act: 'openEmail', campaign: 'Autumn', contactId })).toContain('has sent no e-mail');
  });

  it('a pop-up, a comment and a form of another system are sent like any form', async () => {
    const { sandbox, ask } = await openSandbox();
    for (const key of ['popup', 'comment', 'partner'] as const) {
      sandbox.people.submitForm(key, { email: `${key}@acme.example` });
      const { body } = await ask('GET', `/form-integrations/v1/submissions/forms/${FORMS[key].guid}`);
      expect(body.results).toHaveLength(1);
      expect(sandbox.portal.contacts.findByEmail(`${key}@acme.example`)).toBeDefined();
    }
  });
});
