import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';
import { modelOutputs } from '../../../src/crm/hubspot/model-outputs.ts';
import { neededScopes } from '../../../src/crm/hubspot/needed-scopes.ts';
import { APP_FILE, hubspotProject, WEBHOOKS_FILE } from '../../../src/crm/hubspot/project.ts';
import { STREAMS } from '../../../src/crm/hubspot/streams/registry.ts';
import { webhookSubscriptions } from '../../../src/crm/hubspot/webhook-subscriptions.ts';
import { OUTPUT_KEYS, type OutputModel } from '../../../src/crm/outputs/output-model.ts';
import { ACCOUNT_PROPERTY, OUR_WORD, OUTPUT_PROPERTIES } from '../../../src/crm/outputs/output-properties.ts';
import type { SalesNeeds } from '../../../src/crm/sales-needs.ts';

const PLAIN: OutputModel = { id: 'platform', name: 'Platform', flags: [], personas: [], activityTypes: [] };
const WITH_ACCOUNT: OutputModel = { ...PLAIN, account: {} };
const SERVICES: OutputModel = { ...PLAIN, id: 'services', name: 'Services' };
const SMALL = 'fields: { email: email, job_title: jobtitle }';

const config = (yaml: string) => hubspotConfigSchema.parse(parse(yaml));

function scopesOf(yaml = SMALL, model = PLAIN, needs: SalesNeeds = {}): string[] {
  return neededScopes(config(yaml), modelOutputs(config(yaml), [model]), needs).map(({ scope }) => scope);
}

describe('the scopes of a credential', () => {
  test('are those of contacts where config asks for nothing else', () => {
    expect(scopesOf()).toEqual([
      'crm.objects.contacts.read',
      'crm.objects.contacts.write',
      'crm.schemas.contacts.write',
    ]);
  });

  test('take in forms only where config names one', () => {
    expect(scopesOf(`${SMALL}\nforms: { demo: Request a demo }`)).toContain('forms');
    expect(scopesOf()).not.toContain('forms');
  });

  test('take in owners only where config names one', () => {
    expect(scopesOf(`${SMALL}\ntasks: { fallback_owner: sales-desk@example.com }`)).toContain(
      'crm.objects.owners.read',
    );
    expect(scopesOf()).not.toContain('crm.objects.owners.read');
  });

  test('take in lists, custom events and the companies of contacts only where config names some', () => {
    expect(scopesOf(`${SMALL}\nlists: { reader: Newsletter }`)).toContain('crm.lists.read');
    const related = scopesOf(`${SMALL}\ncompany_fields: { employees: numberofemployees }`);
    expect(related.filter((scope) => scope.includes('companies'))).toEqual(['crm.objects.companies.read']);
    const events = '{ demo-watched: { event: pe1_demo_watched, as: tool-use } }';
    expect(scopesOf(`${SMALL}\ncustom_events: ${events}`)).toContain('business-intelligence');
  });

  test('take in the right to put contacts on lists only where config names one for a nurture rule', () => {
    const nurture = `${SMALL}\nnurture: { content: { list: Series } }`;
    expect(scopesOf(nurture)).toEqual(expect.arrayContaining(['crm.lists.read', 'crm.lists.write']));
    expect(scopesOf(`${SMALL}\nlists: { reader: Newsletter }`)).not.toContain('crm.lists.write');
  });

  test('take in owners, companies and what sales did only where routing and follow-up need them', () => {
    const more = (needs: SalesNeeds) => scopesOf(SMALL, PLAIN, needs).filter((scope) => !scopesOf().includes(scope));
    expect(more({ knowsOwners: true })).toEqual(['crm.objects.owners.read', 'crm.objects.users.read']);
    expect(more({ accountOwners: true })).toEqual(['crm.objects.companies.read']);
    expect(more({ alsoAsked: ['call', 'sales-email'] })).toEqual(['sales-email-read']);
  });

  test('take in the right to write to companies only where a model scores them', () => {
    const ofCompanies = scopesOf(SMALL, WITH_ACCOUNT).filter((scope) => scope.includes('companies'));
    expect(ofCompanies).toEqual([
      'crm.objects.companies.read',
      'crm.objects.companies.write',
      'crm.schemas.companies.write',
    ]);
    expect(scopesOf().join()).not.toContain('companies');
  });

  test.each(STREAMS.map((kind) => [kind.key, kind] as const))(
    'of the stream %s go with what config says',
    (_, kind) => {
      const { key, scopes, delivers } = kind;
      const asked = { ...PLAIN, activityTypes: delivers };
      expect(scopesOf(`${SMALL}\nstreams: { ${key}: on }`)).toEqual(expect.arrayContaining([...scopes]));
      expect(scopesOf(SMALL, asked)).toEqual(expect.arrayContaining([...scopes]));
      const more = scopes.filter((scope) => !scopesOf().includes(scope));
      const off = scopesOf(`${SMALL}\nstreams: { ${key}: off }`, asked);
      expect(off.filter((scope) => more.includes(scope))).toEqual([]);
    },
  );
});

function watched(yaml: string, models: readonly OutputModel[] = [PLAIN]): (string | undefined)[] {
  const { crmObjects } = webhookSubscriptions(config(yaml), modelOutputs(config(yaml), models));
  return crmObjects
    .filter(({ subscriptionType }) => subscriptionType === 'object.propertyChange')
    .map(({ propertyName }) => propertyName);
}

describe('the subscriptions', () => {
  test('are to all that contacts can go through', () => {
    const { crmObjects, hubEvents } = webhookSubscriptions(config(SMALL), []);
    const events = crmObjects.filter(({ propertyName }) => propertyName === undefined);
    expect(events.map(({ subscriptionType }) => subscriptionType)).toEqual([
      'object.creation',
      'object.deletion',
      'object.merge',
      'object.restore',
    ]);
    expect(hubEvents).toEqual([{ subscriptionType: 'contact.privacyDeletion', active: true }]);
    expect([...crmObjects, ...hubEvents].every(({ active }) => active)).toBe(true);
    expect(crmObjects.every(({ objectType }) => objectType === 'contact')).toBe(true);
  });

  test('name forms that are sent, every field, and the decision of people', () => {
    expect(watched(SMALL)).toEqual(['recent_conversion_date', 'email', 'jobtitle', 'leadgauge_override']);
  });

  test('name the status by which sales say how they stand', () => {
    expect(watched(`${SMALL}\nsales_status: { working: [CONNECTED] }`)).toContain('hs_lead_status');
  });

  test('name the decision for every model', () => {
    const names = watched(`${SMALL}\nmodel_outputs: { services: { override: verdict } }`, [PLAIN, SERVICES]);
    expect(names).toEqual(expect.arrayContaining(['leadgauge_override', 'verdict']));
  });

  test('name the company of a contact only where it matters', () => {
    expect(watched(SMALL, [WITH_ACCOUNT])).toContain('associatedcompanyid');
    expect(watched(`${SMALL}\ncompany_fields: { employees: numberofemployees }`)).toContain('associatedcompanyid');
    expect(watched(SMALL)).not.toContain('associatedcompanyid');
  });

  test('never name what leadgauge writes, nor what HubSpot does not tell of', () => {
    const yaml = `
      fields:
        a: num_unique_conversion_events
        b: hs_lastmodifieddate
        c: lastmodifieddate
        d: email
      model_outputs: { services: {} }`;
    const names = watched(yaml, [PLAIN, SERVICES]);
    const written = modelOutputs(config(yaml), [PLAIN, SERVICES]).flatMap((outputs) =>
      OUTPUT_KEYS.filter((key) => key !== 'override').map((key) => outputs.names[key]),
    );
    expect(written).toHaveLength(52);
    expect(names).toEqual(['recent_conversion_date', 'email', 'leadgauge_override', 'leadgauge_services_override']);
  });

  test('name a property once, however many fields are read from it', () => {
    expect(watched('fields: { one: jobtitle, two: jobtitle }').filter((name) => name === 'jobtitle')).toHaveLength(1);
  });
});

describe('the HubSpot project', () => {
  const project = (publicUrl: string | undefined, yaml = SMALL, model = PLAIN) =>
    hubspotProject({ config: config(yaml), models: [model], publicUrl });

  test('is an app for one account with a token of its own', () => {
    const { files } = project(undefined);
    expect(files.map(({ path, content }) => [path, content])).toEqual([
      ['hsproject.json', { name: 'leadgauge', srcDir: 'src', platformVersion: '2026.09' }],
      [
        APP_FILE,
        {
          uid: 'leadgauge_app',
          type: 'app',
          config: {
            name: 'leadgauge',
            description: expect.any(String),
            distribution: 'private',
            auth: {
              type: 'static',
              requiredScopes: ['oauth', ...scopesOf()],
              optionalScopes: [],
              conditionallyRequiredScopes: [],
            },
            permittedUrls: { fetch: ['https://api.hubapi.com'], iframe: [], img: [] },
          },
        },
      ],
    ]);
  });

  test('sends webhooks to the receiver where there is an address', () => {
    const { files, targetUrl } = project('https://leads.example.com');
    expect(targetUrl).toBe('https://leads.example.com/webhooks/hubspot');
    expect(files.find(({ path }) => path === WEBHOOKS_FILE)?.content).toEqual({
      uid: 'leadgauge_webhooks',
      type: 'webhooks',
      config: {
        settings: { targetUrl, maxConcurrentRequests: 10 },
        subscriptions: webhookSubscriptions(config(SMALL), modelOutputs(config(SMALL), [PLAIN])),
      },
    });
  });

  test.each([undefined, 'http://localhost:3000'])('has no webhooks for %s: HubSpot calls https alone', (publicUrl) => {
    expect(project(publicUrl).targetUrl).toBeUndefined();
    expect(project(publicUrl).files.map(({ path }) => path)).toEqual(['hsproject.json', APP_FILE]);
  });

  test('leaves out the scope that a lesser edition could not install, unless config insists on it', () => {
    const asking = { ...PLAIN, activityTypes: ['page-view', 'email-click'] as const };
    const auto = project(undefined, SMALL, asking);
    expect(auto.leftOut).toMatchObject([{ scope: 'content', stream: 'marketing_emails' }]);
    expect(auto.scopes.map(({ scope }) => scope)).not.toContain('content');
    expect(auto.scopes.map(({ scope }) => scope)).toContain('business-intelligence');
    const on = project(undefined, `${SMALL}\nstreams: { marketing_emails: on }`, asking);
    expect(on.leftOut).toEqual([]);
    expect(on.scopes.map(({ scope }) => scope)).toContain('content');
  });

  test('keeps to the lengths and letters that HubSpot allows', () => {
    for (const { content } of project('https://leads.example.com').files) {
      if ('uid' in content) expect(content.uid).toMatch(/^[A-Za-z0-9_.-]{1,64}$/);
    }
  });
});

describe('what a sales rep reads', () => {
  const texts = [
    ...OUTPUT_KEYS.map((key) => [key, OUTPUT_PROPERTIES[key]] as const),
    ['account', ACCOUNT_PROPERTY],
  ] as const;

  test.each(texts)('of %s says whose it is, and whether to edit it', (key, { description }) => {
    expect(description).toContain(OUR_WORD);
    if (key === 'override') expect(description).toMatch(/^For you to set/);
    else expect(description).toContain('please do not edit it');
    expect(description.length).toBeLessThan(400);
  });

  test('points to the decision of people where they may disagree', () => {
    const { label } = OUTPUT_PROPERTIES.override;
    for (const key of ['mql', 'disqualified'] as const)
      expect(OUTPUT_PROPERTIES[key].description).toContain(`"${label}"`);
  });
});
