import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/base/errors.ts';
import { NO_OWN_TITLES } from '../../../src/leads/titles.ts';
import { hubspotOf, loadConfig } from '../../../src/settings/config.ts';
import { readOtherModel } from '../../../src/settings/model-file.ts';
import { loadSettings } from '../../../src/settings/settings.ts';

const MODEL = `model: platform
name: Platform
fit:
  max: 100
  groups:
    - name: Title
      criteria:
        - id: title-executive
          when: { field: job_title, seniority: [c-level, vp] }
          points: 60
        - id: target-account
          when: { field: company, in_list: target-accounts }
          points: 20
engagement:
  max: 100
  window: 180d
  half_life: 30d
  groups:
    - name: Forms
      criteria:
        - id: ebook
          when: { activity: form-submission, form: ebook }
          points: 50
fast_track:
  - id: demo-request
    when: { activity: form-submission, form: [demo-request] }
    follow_up_within: 5m
grades:
  fit: { A: 75, B: 50, C: 25, D: 0 }
  engagement: { 1: 75, 2: 50, 3: 25, 4: 0 }
lifecycle:
  mql: { fit: 50, engagement: 40 }
  requires: [email]
`;
const HUBSPOT = `fields:
  job_title: jobtitle
  company: company
forms:
  demo-request: Request a demo
  ebook: Download the ebook
`;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'leadgauge-'));
  mkdirSync(join(dir, 'models'));
  mkdirSync(join(dir, 'lists'));
  write('models/platform.yaml', MODEL);
  write('hubspot.yaml', HUBSPOT);
  write('lists/target-accounts.txt', '# those we want\nacme.com\n Globex  # by mail\n\n');
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(dir, name), text);
}

/** Every problem, a line each, with the paths from the folder on. */
function problems(): string[] {
  try {
    loadConfig(dir);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(`${dir}/`, '').split('\n');
    throw error;
  }
}

test('a folder is read whole', () => {
  const config = loadConfig(dir);
  const { models, mainModel, schedules, lists, titles, warnings } = config;
  expect(models).toMatchObject({ models: [{ id: 'platform' }], fastTrackForms: ['demo-request'] });
  expect({ mainModel, titles, warnings }).toEqual({ mainModel: 'platform', titles: NO_OWN_TITLES, warnings: [] });
  expect(hubspotOf(config).value.forms).toEqual({ 'demo-request': 'Request a demo', ebook: 'Download the ebook' });
  expect(schedules.hot_poll).toEqual({ every: 10_000 });
  expect(lists).toEqual(new Map([['target-accounts', new Set(['acme.com', 'globex'])]]));
});

test('the config that comes with leadgauge fits together', () => {
  const { mainModel, schedules, warnings } = loadConfig(resolve(import.meta.dirname, '../../../config'));
  expect({ mainModel, warnings }).toEqual({ mainModel: 'platform', warnings: [] });
  expect(schedules.hot_poll).not.toBe('off');
});

test('settings are the folder and the environment, which may name the folder', () => {
  const settings = loadSettings({ env: { LEADGAUGE_CONFIG: dir, PORT: '4000' }, workingDir: dir });
  expect(settings.mainModel).toBe('platform');
  expect(settings.environment.port).toBe(4000);
  expect(loadSettings({ env: { LEADGAUGE_CONFIG: 'elsewhere' }, dir, workingDir: dir }).mainModel).toBe('platform');
});

describe('a model that names what hubspot.yaml does not have', () => {
  test.each([
    [
      'job_title',
      'job_titel',
      'models/platform.yaml:9:26 hubspot.yaml has no field "job_titel": did you mean "job_title"?',
    ],
    [
      '[email]',
      '[email, county]',
      'models/platform.yaml:33:21 hubspot.yaml has no field "county": use one of email, job_title, company, or add it there under fields',
    ],
    [
      '[demo-request]',
      '[demo-reqest]',
      'models/platform.yaml:26:47 hubspot.yaml has no form "demo-reqest": did you mean "demo-request"?',
    ],
    [
      'form: ebook',
      'form: e-book',
      'models/platform.yaml:22:52 hubspot.yaml has no form "e-book": did you mean "ebook"?',
    ],
    [
      'form: ebook',
      'form: Download the ebook',
      'models/platform.yaml:22:52 hubspot.yaml has no form "Download the ebook": that is what HubSpot calls it, its key here is "ebook"',
    ],
    [
      'target-accounts',
      'target-acounts',
      'models/platform.yaml:12:44 there is no list "target-acounts" in config/lists: did you mean "target-accounts"?',
    ],
  ])('%s written %s is told where it stands', (right, wrong, problem) => {
    write('models/platform.yaml', MODEL.replace(right, wrong));
    expect(problems()).toEqual([problem]);
  });

  test.each([
    ['trial-startet', 'did you mean "trial-started"?'],
    ['pe1_trial_started', 'that is what HubSpot calls it, its key here is "trial-started"'],
    ['signed-contract', 'only "trial-started" is allowed, or add it there under custom_events'],
  ])('a custom event named %s is told where it stands', (name, advice) => {
    write('hubspot.yaml', `${HUBSPOT}custom_events: { trial-started: pe1_trial_started }\n`);
    const asking = (event: string) =>
      MODEL.replace('activity: form-submission, form: ebook', `activity: custom-event, name: ${event}`);
    write('models/platform.yaml', asking('trial-started'));
    expect(problems()).toEqual([]);
    write('models/platform.yaml', asking(name));
    expect(problems()).toEqual([`models/platform.yaml:22:49 hubspot.yaml has no custom event "${name}": ${advice}`]);
  });

  test('e-mail is known of every lead', () => {
    expect(problems()).toEqual([]);
  });
});

test('a typo in a model is told with the nearest right word', () => {
  write(
    'models/platform.yaml',
    MODEL.replace('when: { field: job_title', 'wen: { field: job_title').replace('c-level', 'c-levl'),
  );
  expect(problems()).toEqual(['models/platform.yaml:9:11 unknown key "wen": did you mean "when"?']);
});

test('a model that makes no sense is told where', () => {
  write('models/platform.yaml', MODEL.replace('id: target-account', 'id: title-executive'));
  const [problem, ...more] = problems();
  expect(problem).toMatch(/^models\/platform\.yaml:11:\d+ there is already a criterion/);
  expect(more).toEqual([]);
});

test('problems of several files are told at once, by file and line', () => {
  write('models/platform.yaml', `${MODEL}zebra: 1\n`);
  write('hubspot.yaml', `${HUBSPOT}  bad form: x\nlifecycle: of\n`);
  write('schedules.yaml', 'due: of\n');
  expect(problems()).toEqual([
    'hubspot.yaml:7:3 "bad form" cannot be a key here: write a form key in small letters and digits, with - between words, such as demo-request',
    expect.stringMatching(/^hubspot\.yaml:8:12 "of" /),
    expect.stringMatching(/^models\/platform\.yaml:34:1 unknown key "zebra": use one of model, name,/),
    'schedules.yaml:1:6 "of" is not allowed for "due": did you mean "off"?',
  ]);
});

describe('several models', () => {
  const SERVICES = MODEL.replace('model: platform', 'model: services');

  test('are read together, one for each file, the one without outputs of its own being the main one', () => {
    write('models/a-services.yml', SERVICES);
    write('hubspot.yaml', `${HUBSPOT}model_outputs: { services: {} }\n`);
    const { models, mainModel } = loadConfig(dir);
    expect(models.models.map(({ id }) => id)).toEqual(['services', 'platform']);
    expect(mainModel).toBe('platform');
  });

  test('have outputs of their own, all but one', () => {
    write('models/services.yaml', SERVICES);
    expect(problems()).toEqual([
      'hubspot.yaml:1:1 the models platform and services would all write to the properties of "outputs": keep the one in use already as it is, and give the new one its own (model_outputs: { platform: {} } where platform is the new one, model_outputs: { services: {} } where services is the new one)',
    ]);
    write('hubspot.yaml', `${HUBSPOT}model_outputs:\n  servces: {}\n`);
    expect(problems()).toEqual([
      'hubspot.yaml:8:3 there is no model "servces" in config/models: did you mean "services"?',
    ]);
    write('hubspot.yaml', `${HUBSPOT}model_outputs:\n  services: { grade: jobtitle }\n`);
    expect(problems()).toEqual([
      'hubspot.yaml:8:22 "jobtitle" is also the field job_title: a model must not read what it writes',
    ]);
  });

  test('have an id each', () => {
    write('models/another.yml', MODEL);
    expect(problems()).toEqual([
      'models/platform.yaml:1:8 models/another.yml is the model "platform" already: give each its own name',
    ]);
  });

  test('are all checked, whatever is wrong with one', () => {
    write('models/services.yaml', SERVICES.replace('name:', 'nam:'));
    write('models/platform.yaml', MODEL.replace('name:', 'nam:'));
    expect(problems()).toEqual([
      expect.stringMatching(/^models\/platform\.yaml:2:1 unknown key "nam"/),
      expect.stringMatching(/^models\/services\.yaml:2:1 unknown key "nam"/),
    ]);
  });
});

test('there must be a model', () => {
  rmSync(join(dir, 'models'), { recursive: true });
  expect(problems()).toEqual(['there is no model in models: put one there, such as platform.yaml']);
});

test('there is a hubspot.yaml', () => {
  rmSync(join(dir, 'hubspot.yaml'));
  expect(problems()).toEqual([
    'hubspot.yaml: there is no such file: create it, or name the folder that has it with LEADGAUGE_CONFIG',
  ]);
});

test('there need be no list', () => {
  rmSync(join(dir, 'lists'), { recursive: true });
  write('models/platform.yaml', MODEL.replace('in_list: target-accounts', 'is: acme'));
  expect(problems()).toEqual([]);
});

test('a model of another folder is held against the lists, fields and forms of this one', () => {
  const config = loadConfig(dir);
  mkdirSync(join(dir, 'drafts'));
  write('drafts/draft.yaml', MODEL.replace('model: platform', 'model: draft'));
  expect(readOtherModel(join(dir, 'drafts/draft.yaml'), config).model.id).toBe('draft');
  write('drafts/draft.yaml', MODEL.replace('job_title', 'job_titel'));
  expect(() => readOtherModel(join(dir, 'drafts/draft.yaml'), config)).toThrow('did you mean "job_title"?');
});

test('titles of one’s own are read, and a word that is none is told where it stands', () => {
  write('titles.yaml', 'seniority:\n  bereichsvorstand: c-level\n');
  expect(loadConfig(dir).titles.seniority).toEqual({ bereichsvorstand: 'c-level' });
  write('titles.yaml', 'seniority:\n  bereichsvorstand: c-levl\n');
  expect(problems()).toEqual([expect.stringMatching(/^titles\.yaml:2:21 .*did you mean "c-level"\?$/)]);
});

test('what is likely a mistake is a warning with its place', () => {
  write('models/platform.yaml', MODEL.replace('half_life: 30d', 'half_life: 400d'));
  const { warnings } = loadConfig(dir);
  expect(warnings.length).toBeGreaterThan(0);
  expect(warnings[0]).toMatchObject({ file: join(dir, 'models/platform.yaml'), line: expect.any(Number) });
});

test('a line of a list that no lead can match is told with its place', () => {
  write('lists/target-accounts.txt', '# ours\nacme.com\nhttps://www.rival.com/about\n');
  expect(problems()).toEqual(['lists/target-accounts.txt:3:1 write the domain alone, such as rival.com']);
});

test('a folder that is not there is named', () => {
  expect(() => loadConfig('/no/such/folder')).toThrow(
    'there is no folder /no/such/folder: run leadgauge where config/ is, or name the folder with LEADGAUGE_CONFIG',
  );
});

describe('of the CRMs', () => {
  const SALESFORCE = `role: both
fields:
  email: Email
  job_title: Title
  company: { lead: Company, contact: Account.Name }
campaigns:
  demo-request: Request a demo
  ebook: Download the ebook
  webinar: { campaign: Product webinar, as: event-attendance }
`;

  test('one that is off is not there, and its words are unknown', () => {
    write('salesforce.yaml', SALESFORCE.replace('both', 'off'));
    expect(loadConfig(dir).salesforce).toBeUndefined();
    write('hubspot.yaml', `role: off\n${HUBSPOT}`);
    expect(problems()).toEqual(['hubspot.yaml: no CRM is on: write "role: both" here or in salesforce.yaml']);
  });

  test('Salesforce alone will do, and the campaigns whose responses are submissions are its forms', () => {
    write('salesforce.yaml', SALESFORCE);
    rmSync(join(dir, 'hubspot.yaml'));
    const { hubspot, salesforce, mainModel } = loadConfig(dir);
    expect(hubspot).toBeUndefined();
    expect(salesforce?.value.role).toBe('both');
    expect(mainModel).toBe('platform');
    write('models/platform.yaml', MODEL.replace('form: ebook', 'form: webinar'));
    expect(problems()).toEqual([
      'models/platform.yaml:22:52 salesforce.yaml has no form "webinar": use one of demo-request, ebook, or add it there under campaigns',
    ]);
  });

  test('of several, each may know what the other does not', () => {
    write('salesforce.yaml', SALESFORCE.replace('  company: { lead: Company, contact: Account.Name }\n', ''));
    write('hubspot.yaml', HUBSPOT.replace('  ebook: Download the ebook\n', '').replace('  job_title: jobtitle\n', ''));
    expect(problems()).toEqual([]);
    write('models/platform.yaml', MODEL.replace('field: job_title', 'field: job_titel'));
    expect(problems()).toEqual([
      'models/platform.yaml:9:26 none of hubspot.yaml and salesforce.yaml has a field "job_titel": did you mean "job_title"?',
    ]);
  });
});
