import { expect, test } from 'vitest';
import { parseSalesforceRecord } from '../../../src/webhooks/salesforce-record.ts';
import { idOf } from '../../support/outbound-message.ts';

const LEAD = idOf('00Q', 1);
const CONTACT = idOf('003', 2);
const MEMBER = idOf('00v', 3);
const TASK = idOf('00T', 4);
const EVENT = idOf('00U', 5);

test.each([
  ['a lead', { Id: LEAD }, [LEAD]],
  ['a contact', { Id: CONTACT }, [CONTACT]],
  ['a task with a lead', { Id: TASK, WhoId: LEAD, WhatId: idOf('006', 6) }, [LEAD]],
  ['an event with a contact', { Id: EVENT, WhoId: CONTACT }, [CONTACT]],
  ['a contact role of an opportunity', { Id: idOf('00K', 7), ContactId: CONTACT }, [CONTACT]],
  ['a person account', { Id: idOf('001', 8), PersonContactId: CONTACT }, [CONTACT]],
  ['an id of 15 characters', { Id: LEAD.slice(0, 15) }, [LEAD]],
  ['names in small letters', { id: TASK, whoId: LEAD, object: 'Task' }, [LEAD]],
  ['what Apex writes', { attributes: { type: 'Lead', url: '/services/data' }, Id: LEAD, Company: 'Acme' }, [LEAD]],
])('%s names who may have changed', (_, raw, leadIds) => {
  expect(parseSalesforceRecord(raw)).toEqual({ leadIds, inCampaign: false });
});

test.each([
  ['a lead', { Id: MEMBER, LeadId: LEAD, ContactId: '' }, [LEAD]],
  ['a lead that became a contact', { Id: MEMBER, LeadId: LEAD, ContactId: CONTACT }, [LEAD, CONTACT]],
  ['nobody, as its fields are not sent', { Id: MEMBER }, []],
])('a campaign member that is %s may have asked for a demo', (_, raw, leadIds) => {
  expect(parseSalesforceRecord(raw)).toEqual({ leadIds, inCampaign: true });
});

test.each([
  ['an account', { Id: idOf('001', 1) }],
  ['a task with nobody', { Id: TASK, WhoId: null }],
  ['a record of the org’s own', { Id: idOf('a0B', 1), Owner__c: LEAD }],
])('%s is none of ours', (_, raw) => {
  expect(parseSalesforceRecord(raw)).toBe('not ours');
});

test.each([
  [{ Id: 'ada@example.com' }, 'its Id is no id of Salesforce'],
  [{ Id: TASK, WhoId: ['ada@example.com'] }, 'its WhoId is no id of Salesforce'],
  [{ Id: 101 }, 'its Id is no id of Salesforce'],
  [{ object: 'Lead' }, 'it has no Id'],
  [{ Id: '', LeadId: LEAD }, 'it has no Id'],
  [null, 'it is no record with fields'],
  [[LEAD], 'it is no record with fields'],
  [LEAD, 'it is no record with fields'],
])('%j is malformed, and why is said without a value', (raw, malformed) => {
  expect(parseSalesforceRecord(raw)).toEqual({ malformed });
});
