import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPortal } from '../../../../src/sandbox/create-portal.ts';
import type { Field, FieldValue } from '../../../../src/sandbox/salesforce/org/field.ts';
import type { Org } from '../../../../src/sandbox/salesforce/org/org.ts';
import { createOrg, type NewOrg } from '../../../../src/sandbox/salesforce/population/create-org.ts';
import { evaluate } from '../../../../src/sandbox/salesforce/soql/evaluate.ts';
import { createTestClock, MONDAY } from '../../../support/test-clock.ts';

const orgOf = (options: NewOrg) => createOrg({ now: MONDAY, clock: createTestClock(), ...options });

/** Everything that an org holds, in a few letters. */
function digest(org: Org): string {
  const records = org.objects().flatMap((type) => type.all.map((record) => record.values()));
  const visits = org.prospects.activities;
  return createHash('sha256')
    .update(JSON.stringify([records, visits]))
    .digest('hex');
}

function isGood(org: Org, { type, length, referenceTo }: Field, value: FieldValue): boolean {
  if (type === 'datetime') return Number(value) % 1_000 === 0;
  if (type === 'reference') return referenceTo.includes(org.get(String(value)).type.name);
  return typeof value !== 'string' || length === 0 || value.length <= length;
}

describe('the population of an org', () => {
  it('is the same for the same seed, size and time, and another for another seed', () => {
    const same = { leads: 300, seed: 7, businessUnitId: '0UvGg0000000001AAA' };
    expect(digest(orgOf(same))).toBe(digest(orgOf(same)));
    expect(digest(orgOf({ ...same, seed: 8 }))).not.toBe(digest(orgOf(same)));
  });

  it('is of the same people as the HubSpot portal of that seed', () => {
    const portal = createPortal({ leads: 500, seed: 3, now: MONDAY, clock: createTestClock() });
    const org = orgOf({ leads: 500, seed: 3 });
    const emails = ['Lead', 'Contact'].flatMap((type) =>
      org.type(type).all.map((record) => record.text('Email') ?? ''),
    );
    const theirs = portal.contacts.all.map((contact) => portal.textOf(contact, 'email') ?? '');
    expect(new Set(emails)).toEqual(new Set(theirs));
  });

  it('is of believable leads, contacts and accounts', () => {
    const org = orgOf({ leads: 3_000 });
    const count = (soql: string) => evaluate(org, `SELECT COUNT() FROM ${soql}`, { user: undefined }).totalSize;
    const [open, contacts] = [count('Lead WHERE IsConverted = false'), count('Contact')];
    expect(open + contacts).toBe(3_000);
    expect(contacts / 3_000).toBeCloseTo(0.4, 1);
    expect(count('Lead WHERE IsConverted = true')).toBeGreaterThan(200);
    expect(count('Contact WHERE AccountId = null') / contacts).toBeLessThan(0.3);
    expect(count('Contact WHERE IsPersonAccount = true')).toBeGreaterThan(10);
    expect(count('Account WHERE IsPersonAccount = false')).toBeGreaterThan(200);
    expect(count("CampaignMember WHERE Campaign.Name = 'Request a demo' AND HasResponded = true")).toBeGreaterThan(50);
    expect(count("CampaignMember WHERE Campaign.Name = 'Autumn mailing' AND HasResponded = false")).toBeGreaterThan(
      100,
    );
    expect(count('OpportunityContactRole WHERE Opportunity.IsWon = true')).toBeGreaterThan(50);
    expect(count("Task WHERE TaskSubtype = 'Call'")).toBeGreaterThan(50);
    expect(count('Event WHERE WhoId != null')).toBeGreaterThan(50);
    expect(count("EmailMessageRelation WHERE RelationType = 'FromAddress'")).toBeGreaterThan(20);
    expect(count("Lead WHERE Owner.Type = 'Group'")).toBeGreaterThan(100);
    expect(count('Lead WHERE Email = null')).toBeGreaterThan(0);
  });

  it('holds nothing that the org itself would refuse', () => {
    const org = orgOf({ leads: 1_000 });
    const wrong: string[] = [];
    for (const type of org.objects()) {
      for (const record of type.all) {
        const created = record.number('CreatedDate') ?? 0;
        if (created > record.systemModstamp || record.systemModstamp >= MONDAY) wrong.push(`${record.id} in time`);
        for (const field of type.fields()) {
          const value = record.get(field.name);
          const isRight = value === null ? !field.required : isGood(org, field, value);
          if (!isRight) wrong.push(`${type.name}.${field.name} is ${value}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has as many people of one SystemModstamp as it is told', () => {
    const org = orgOf({ leads: 200, sameTimestamp: 150 });
    const times = ['Lead WHERE IsConverted = false', 'Contact'].flatMap((from) =>
      evaluate(org, `SELECT SystemModstamp FROM ${from}`, { user: undefined }).csv().flat(),
    );
    const counts = Map.groupBy(times, (time) => time);
    expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBe(150);
  });

  it('has visits where Account Engagement is connected', () => {
    expect(orgOf({ leads: 200 }).prospects.all).toEqual([]);
    const { prospects } = orgOf({ leads: 200, businessUnitId: '0UvGg0000000001AAA' });
    expect(prospects.activities.length).toBeGreaterThan(100);
    expect(prospects.activities.every(({ prospectId }) => prospects.find(prospectId) !== undefined)).toBe(true);
  });
});
