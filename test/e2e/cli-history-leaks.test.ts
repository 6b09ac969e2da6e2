import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { HOUR } from '../../src/base/clock.ts';
import type { SalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { openCliOrg } from '../support/cli-org.ts';
import { copyConfig, openCliPortal, type Ran, runCli, tempFolder } from '../support/run-cli.ts';

const LEADS = { leads: 800, buyers: 'by-rule' } as const;

const told = z.object({
  warnings: z.array(z.string()),
  criteria: z.array(
    z.object({
      id: z.string(),
      source: z.string().optional(),
      asToday: z.array(z.string()).optional(),
      why: z.string().optional(),
    }),
  ),
  model: z.string().optional(),
});

function report({ code, out, err }: Ran) {
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return told.parse(JSON.parse(out));
}

const leaksOf = ({ warnings }: z.output<typeof told>) => warnings.filter((text) => text.includes('Leave it out'));

/** A model that asks for what only buyers do, and for what tells a little. */
function writeModel(asksFor: string): string {
  const file = join(tempFolder(), 'ordering.yaml');
  writeFileSync(
    file,
    `
model: ordering
name: Who orders
fit:
  max: 100
  groups:
    - { name: Title, criteria: [{ id: leads, when: { field: job_title, seniority: [c-level, vp, director] }, points: 20 }] }
engagement:
  max: 100
  window: 180d
  groups:
    - name: Asked
      criteria:
        - { id: ordered, when: ${asksFor}, points: 20, per: once }
        - { id: asked, when: { activity: form-submission, form: [demo-request, free-trial] }, points: 20, per: once }
grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 10, engagement: 10 } }
`,
  );
  return file;
}

/** Whoever was about to sign looked at the form for orders first, a little longer ago than leads are looked at. */
function orderBeforeTheSale({ portal }: Sandbox): void {
  const stage = portal.properties.get('lifecyclestage');
  if (stage === undefined) throw new Error('the portal has no stages');
  for (const contact of portal.contacts.all) {
    const signed = portal.history.of(contact, stage).find(({ value }) => value === 'customer');
    if (signed !== undefined) portal.views.add(contact, signed.at - 25 * HOUR, 'https://acme.example/order-form');
  }
}

/** The same of whoever was converted, with a campaign that nobody else responded to. */
function calculateBeforeTheConversion({ org }: SalesforceSandbox): void {
  const campaign = org.type('Campaign').where('Name', 'ROI calculator')[0];
  for (const lead of org.type('Lead').live()) {
    const contact = org.type('Contact').find(lead.text('ConvertedContactId') ?? '');
    if (contact === undefined) continue;
    const at = (contact.number('CreatedDate') ?? 0) - 30 * HOUR;
    org.seed(
      org.type('CampaignMember'),
      {
        CampaignId: campaign?.id ?? null,
        LeadId: lead.id,
        ContactId: contact.id,
        LeadOrContactId: contact.id,
        Type: 'Contact',
        Status: 'Responded',
        HasResponded: true,
        FirstRespondedDate: new Date(at).toISOString().slice(0, 10),
      },
      { created: at, modified: at, by: org.sellers[0]?.id },
    );
  }
}

/** Most of those who were converted came by the web, and few others. */
function foretellBySource({ org }: SalesforceSandbox): void {
  for (const lead of org.type('Lead').live()) {
    const source = lead.index % 10 < (lead.flag('IsConverted') ? 7 : 3) ? 'Web' : 'Other';
    for (const record of [lead, org.type('Contact').find(lead.text('ConvertedContactId') ?? '')]) {
      const slot = record?.type.field('LeadSource')?.slot;
      if (record !== undefined && slot !== undefined) record.slots[slot] = source;
    }
  }
}

describe('what only buyers do gives them away', { timeout: 180_000 }, () => {
  test('on HubSpot: the page and the criterion are named, and are left out as the advice has it', async () => {
    const { sandbox, run } = await openCliPortal(LEADS);
    orderBeforeTheSale(sandbox);
    const model = writeModel('{ activity: page-view, url: /order-form }');
    const tested = report(await run('backtest', '--model', model, '--json'));
    expect(leaksOf(tested)).toEqual([expect.stringMatching(/^"ordered" alone tells .* Leave it out of the model\.$/)]);
    const learnt = report(await run('suggest', '--model', model, '--json'));
    const leaks = leaksOf(learnt).join('\n');
    expect(leaks).toMatch(/"ordered" alone .* --ignore "ordered"/);
    expect(leaks).toMatch(/"Page view: \/order-form" alone .* --ignore "Page view: \/order-form"/);
    expect(learnt.criteria.map(({ id }) => id)).toContain('ordered');
    const names = 'ordered,Page view: /order-form*';
    const without = report(await run('suggest', '--model', model, '--ignore', names, '--json'));
    expect(leaksOf(without).join('\n')).not.toContain('alone');
    expect(without.warnings.join('\n')).toMatch(/ask for what is ignored: ordered/);
    expect(without.criteria.filter(({ id }) => id.includes('order'))).toEqual([]);
  });

  test('on Salesforce likewise', async () => {
    const { sandbox, run } = await openCliOrg(LEADS);
    calculateBeforeTheConversion(sandbox);
    const model = writeModel('{ activity: form-submission, form: calculator }');
    const asking = ['--model', model, '--outcome', 'converted', '--json'];
    expect(leaksOf(report(await run('backtest', ...asking)))).toEqual([expect.stringMatching(/^"ordered" alone /)]);
    const leaks = leaksOf(report(await run('suggest', ...asking))).join('\n');
    expect(leaks).toMatch(/"ordered" alone/);
    expect(leaks).toMatch(/--ignore "Form submission: calculator"/);
  });
});

describe('what nobody knows the past of', { timeout: 180_000 }, () => {
  test('on Salesforce is named beside the criteria that ask for it, and no drift of it is told', async () => {
    const { sandbox, config, run } = await openCliOrg({ ...LEADS, leads: 1_200 });
    foretellBySource(sandbox);
    const file = join(config, 'models', 'platform.yaml');
    const asks = '{ id: from-web, name: Came by the web, when: { field: lead_source, is: Web }, points: 10 }';
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('    - name: Intent\n      criteria:\n', `$&        - ${asks}\n`),
    );
    const tested = report(await run('backtest', '--json'));
    expect(tested.criteria.find(({ id }) => id === 'from-web')).toMatchObject({
      asToday: ['lead_source'],
      why: expect.stringContaining('Lead source counts as today'),
    });
    expect(tested.criteria.find(({ id }) => id === 'title-executive')).not.toHaveProperty('asToday');
    expect(tested.warnings.join('\n')).toMatch(/held before is not known.*Lead source \(from-web\).*verdicts/);
    const learnt = report(await run('suggest', '--json'));
    expect(learnt.criteria.find(({ id }) => id === 'from-web')).toMatchObject({ asToday: ['lead_source'] });
    expect(learnt.warnings.join('\n')).toMatch(/held before is not known.*Lead source \([^)]*from-web.*points/);
    expect(learnt.model?.replaceAll(/\n +# /g, ' ')).toMatch(/Lead source counts as today[^\n]*\n +- id: from-web/);
    const review = await run('review', '--json');
    expect(JSON.parse(review.out).inputs).toEqual(
      expect.arrayContaining([
        { kind: 'field', name: 'Lead source', source: 'lead_source', word: 'past unknown', parts: [] },
        expect.objectContaining({ source: 'job_title', psi: expect.any(Number) }),
      ]),
    );
  });

  test('on HubSpot is what comes from companies, wholly or in part', async () => {
    const { env } = await openCliPortal(LEADS);
    const config = copyConfig();
    const file = join(config, 'hubspot.yaml');
    const settings = parse(readFileSync(file, 'utf8'));
    delete settings.fields.industry;
    writeFileSync(file, stringify(settings));
    const run = (...args: string[]) => runCli(args, { ...env, LEADGAUGE_CONFIG: config });
    const { criteria } = report(await run('backtest', '--json'));
    const asToday = Object.fromEntries(criteria.map((one) => [one.id, one.asToday]));
    expect(asToday).toMatchObject({
      'company-size': ['employees'],
      'target-industry': ['industry'],
      market: undefined,
    });
    const html = join(tempFolder(), 'review.html');
    const review = JSON.parse((await run('review', '--json', '--html', html)).out);
    const words = Object.fromEntries(review.inputs.map(({ source, word }: Record<string, string>) => [source, word]));
    expect(words.industry).toBe('past unknown');
    // Contacts have a number of their own, and that of their company where they lack it.
    expect(words.employees).toBe('past unknown');
    expect(words.job_title).not.toBe('past unknown');
    const told = /Industry[^.<]*: as it is today, no drift can be told\./;
    expect(readFileSync(html, 'utf8').match(told), 'the page').not.toBeNull();
    const text = (await run('review')).out.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(told);
  });
});
