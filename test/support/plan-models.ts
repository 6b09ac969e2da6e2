import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, loadConfig } from '../../src/settings/config.ts';

/** A config folder with these models alone, each under its own name. */
export function folderOf(...models: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('config', folder, { recursive: true });
  rmSync(join(folder, 'models'), { recursive: true });
  cpSync('config/models', join(folder, 'models'), { recursive: true, filter: (file) => !/\.ya?ml$/.test(file) });
  const ids = models.map((text) => /^model: (\S+)$/m.exec(text)?.[1] ?? 'unnamed');
  for (const [index, id] of ids.entries()) writeFileSync(join(folder, 'models', `${id}.yaml`), models[index] ?? '');
  const further = ids.slice(1).map((id) => `  ${id}: {}\n`);
  const hubspot = join(folder, 'hubspot.yaml');
  if (further.length > 0) {
    writeFileSync(hubspot, `${readFileSync(hubspot, 'utf8')}\nmodel_outputs:\n${further.join('')}`);
  }
  return folder;
}

export function configOf(...models: readonly string[]): Config {
  return loadConfig(folderOf(...models));
}

/** A model as it was. */
export const OLD = `model: platform
name: Platform
fit:
  max: 100
  groups:
    - name: Title
      criteria:
        - { id: executive, name: Executive title, when: { field: job_title, seniority: [c-level, vp] }, points: 30 }
        - { id: manager, name: Manager title, when: { field: job_title, seniority: [director, head, manager] }, points: 20 }
    - name: Company
      max: 40
      criteria:
        - { id: size, name: More than 10 people, when: { field: employees, at_least: 11 }, points: 20 }
        - { id: company-known, when: { field: company, exists: true }, points: 10 }
        - { id: country-known, when: { field: country, exists: true }, points: 10 }
    - name: Poor fit
      criteria:
        - { id: personal-email, when: { field: email, domain: personal }, points: -15, flag: personal-email }
engagement:
  max: 100
  window: 180d
  half_life: 45d
  groups:
    - name: Web
      max: 40
      criteria:
        - { id: page-views, name: Pages viewed, when: { activity: page-view }, points: 2, max: 30 }
        - { id: pricing-page, when: { activity: page-view, url: "/pricing*" }, points: 10, per: day, max: 30 }
    - name: Content
      criteria:
        - { id: newsletter, name: Newsletter sign-up, when: { activity: form-submission, form: newsletter }, points: 5, per: once }
        - { id: ebook, name: E-book downloaded, when: { activity: form-submission, form: ebook }, points: 15, per: once }
grades:
  fit: { A: 60, B: 40, C: 20, D: 0 }
  engagement: { 1: 50, 2: 30, 3: 10, 4: 0 }
lifecycle:
  mql: { fit: 40, engagement: 20 }
  requires: [email]
`;

/** Other points, caps, grades and gates; a criterion fewer, one more, and one that rules leads out. */
export const NEW = OLD.replace('points: 30 }', 'points: 40 }')
  .replace('points: 15, per: once', 'points: 25, per: once')
  .replace(
    'max: 40\n      criteria:\n        - { id: page-views',
    'max: 25\n      criteria:\n        - { id: page-views',
  )
  .replace(/ +- \{ id: newsletter.*\n/, '')
  .replace(
    / +- \{ id: personal-email.*\n/,
    `        - { id: personal-email, when: { field: email, domain: personal }, points: -10, flag: personal-email }
        - { id: student, when: { field: job_title, seniority: student }, disqualify: still studying }
        - { id: target-industry, when: { field: industry, in_list: target-industries }, points: 15 }
`,
  )
  .replace('{ A: 60, B: 40,', '{ A: 65, B: 45,')
  .replace('mql: { fit: 40, engagement: 20 }', 'mql: { fit: 45, engagement: 15 }');

/** The same with rules for where leads go. */
export const ROUTED = `${NEW}
fast_track:
  - { id: demo-request, when: { activity: form-submission, form: demo-request }, follow_up_within: 5m }
routes:
  nurture:
    - { id: content, when: { activity: form-submission, form: ebook } }
`;

/** Another line of business. */
export const SERVICES = OLD.replace(
  'model: platform\nname: Platform',
  'model: services\nname: Services\napplies_to: { field: country, in: [Germany, France, Spain] }',
);
