import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/base/clock.ts';
import type { Org } from '../../src/sandbox/salesforce/org/org.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { openCliOrg } from '../support/cli-org.ts';
import { copyConfig, openCliPortal, type Ran, runCli, tempFolder } from '../support/run-cli.ts';
import { salesforceOf } from '../support/shipped-config.ts';

/** The figures that a review prints, and its page. */
async function reviewed(run: (...args: string[]) => Promise<Ran>) {
  const html = join(tempFolder(), 'review.html');
  const ran = await run('review', '--json', '--html', html);
  expect(ran, ran.err).toMatchObject({ code: 0 });
  return { review: JSON.parse(ran.out), page: readFileSync(html, 'utf8') };
}

/** Ten leads that sales were given yesterday: of four they said nothing, three they work, and three came back. */
const SAID = {
  statuses: [
    { word: 'rejected', leads: 2 },
    { word: 'not-now', leads: 1 },
  ],
  reasons: [
    { reason: 'no_budget', rejected: 2, notNow: 1 },
    { reason: 'too_small', rejected: 1, notNow: 0 },
  ],
};
const LEADS = [
  ...new Array<undefined>(4),
  ...new Array<readonly ['working']>(3).fill(['working']),
  ['rejected', 'no_budget;too_small'],
  ['rejected', 'no_budget'],
  ['not-now', 'no_budget'],
] as const;

describe('a review of a CRM in which too few bought', { timeout: 60_000 }, () => {
  test('of HubSpot says what sales said in their own words, why, and why nothing is said of who bought', async () => {
    const { sandbox, env } = await openCliPortal();
    const { people, portal } = sandbox;
    const config = copyConfig();
    const file = join(config, 'hubspot.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/rejected: \[UNQUALIFIED\]$/m, '$&\n  reason: reject_reason'),
    );
    const run = (...args: string[]) => runCli(args, { ...env, LEADGAUGE_CONFIG: config });
    expect(await run('check')).toMatchObject({ out: expect.stringContaining('"reject_reason"') });
    portal.properties.add(
      {
        name: 'reject_reason',
        label: 'Reject reason',
        type: 'enumeration',
        fieldType: 'checkbox',
        groupName: 'contactinformation',
        options: ['no_budget', 'too_small'].map((value, displayOrder) => ({
          value,
          label: value,
          displayOrder,
          hidden: false,
          description: '',
        })),
      },
      0,
    );
    await run('setup', 'hubspot', '--yes');
    const words = { working: 'CONNECTED', rejected: 'UNQUALIFIED', 'not-now': 'BAD_TIMING' };
    for (const [place, said] of LEADS.entries()) {
      const { id } = people.createContact({ email: `lead-${place}@acme.example`, lifecyclestage: 'lead' });
      const [word, reason] = said ?? [];
      people.update(id, {
        leadgauge_mql_at: new Date(portal.now() - DAY).toISOString(),
        ...(word !== undefined && { hs_lead_status: words[word] }),
        ...(reason !== undefined && { reject_reason: reason }),
      });
    }
    const { review, page } = await reviewed(run);
    expect(review.salesSay).toMatchObject({
      passed: 10,
      working: 3,
      notNow: 1,
      rejected: 2,
      silent: 4,
      statuses: [
        { status: 'UNQUALIFIED', ...SAID.statuses[0] },
        { status: 'BAD_TIMING', ...SAID.statuses[1] },
      ],
      reasons: SAID.reasons,
      withoutReason: 0,
    });
    expect(page).toContain('<th scope="row">UNQUALIFIED</th>');
    expect(page).toContain('<th scope="row">no_budget</th>');
    expect(review.tooFewBuyers).toMatch(/^The CRM tells of nobody who bought: /);
    expect(review).toMatchObject({ leads: { earlier: 0, now: 10 }, challenges: [] });
    expect(review).not.toHaveProperty('conversion');
    expect(review).not.toHaveProperty('suggested');
    expect(page).toContain('The CRM tells of nobody who bought: ');
    const { code, out } = await run('review', '--outcome', 'customer');
    expect(code).toBe(0);
    expect(out).toMatch(/UNQUALIFIED +2 +rejected/);
    expect(out).toMatch(/no_budget +2 +1/);
    expect(out).toContain('The CRM tells of nobody who bought');
    expect(out).toMatch(/new leads +0 +10/);
    expect(out).not.toContain('too young');
  });

  test('of Salesforce likewise, where some did buy, and the challenger is not compared', async () => {
    const { sandbox, config, run } = await openCliOrg();
    const { people, org } = sandbox;
    const file = join(config, 'salesforce.yaml');
    const words = { working: 'Working - Contacted', rejected: 'Closed - Not Converted', 'not-now': 'Nurturing' };
    const status = [
      'sales_status:',
      ...Object.entries(words).map(([word, value]) => `  ${word.replace('-', '_')}: [${value}]`),
      '  reason: { lead: Reject_Reason__c, contact: Reject_Reason__c }',
    ];
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^sales_status: off$/m, status.join('\n')));
    addReasons(org, Object.values(words));
    for (const { campaign } of Object.values(salesforceOf(loadConfig(config)).value.campaigns))
      people.createCampaign(campaign);
    expect(await run('setup', 'salesforce', '--yes')).toMatchObject({ code: 0 });
    for (const [place, said] of LEADS.entries()) {
      const { id } = people.createLead({ LastName: 'Doe', Company: 'Acme', Email: `lead-${place}@acme.example` });
      const [word, reason] = said ?? [];
      people.change(id, {
        Leadgauge_MQL_At__c: new Date(Date.now() - DAY).toISOString(),
        ...(word !== undefined && { Status: words[word] }),
        ...(reason !== undefined && { Reject_Reason__c: reason }),
      });
    }
    const buyer = people.createContact({ LastName: 'Roe', Email: 'roe@acme.example' });
    people.winOpportunity(buyer.id);
    const challenger = readFileSync(join(config, 'models', 'platform.yaml'), 'utf8')
      .replace(/^name: .*$/m, 'name: Next')
      .replace(/^model: .*$/m, 'model: next');
    const next = join(tempFolder(), 'next.yaml');
    writeFileSync(next, challenger);
    const { review } = await reviewed((...args) => run(...args, '--against', next));
    expect(review.salesSay).toMatchObject({
      passed: 10,
      statuses: [
        { status: 'Closed - Not Converted', ...SAID.statuses[0] },
        { status: 'Nurturing', ...SAID.statuses[1] },
      ],
      reasons: SAID.reasons,
    });
    expect(review.tooFewBuyers).toMatch(/^Nothing can be said of who bought: /);
    expect(review.uncompared).toEqual([{ model: 'next', name: 'Next', why: review.tooFewBuyers }]);
    // The buyer came with the purchase, and never was a lead.
    expect(review.leads.now).toBe(10);
  });
});

/** The statuses of sales, and a picklist of reasons on leads and contacts that our user may read. */
function addReasons(org: Org, statuses: readonly string[]): void {
  org.type('Lead').changeField('Status', { picklist: ['Open - Not Contacted', ...statuses] });
  const set = org.insert('PermissionSet', { Name: 'Reject_Reason', Label: 'Reject reason' });
  if (!set.success) throw new Error('the org has no room for a permission set');
  for (const object of ['Lead', 'Contact']) {
    org.addField(object, {
      name: 'Reject_Reason__c',
      label: 'Reject reason',
      type: 'multipicklist',
      picklist: ['no_budget', 'too_small'],
    });
    const grant = { SobjectType: object, Field: `${object}.Reject_Reason__c`, PermissionsRead: true };
    org.insert('FieldPermissions', { ParentId: set.id, ...grant });
  }
  org.insert('PermissionSetAssignment', { PermissionSetId: set.id, AssigneeId: org.integrationUserId });
}
