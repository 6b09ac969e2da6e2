import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, loadConfig } from '../../src/settings/config.ts';

export interface SmallModel {
  /** Further keys of the model, as YAML. */
  readonly more?: string;
  /** Further criteria of fit, a line of YAML each. */
  readonly fit?: readonly string[];
  /** Not under `model_outputs`, as a challenger may be. */
  readonly unlisted?: true;
}

/** A model by which whoever leads others fits, and is ready for sales with the e-book. */
function smallModel(id: string, { more = '', fit = [] }: SmallModel): string {
  return `
model: ${id}
name: ${id.charAt(0).toUpperCase()}${id.slice(1)}
fit:
  max: 100
  groups:
    - name: Title
      criteria:
        - { id: leads-others, when: { field: job_title, seniority: [c-level, vp, director, head] }, points: 60 }
        ${fit.map((line) => `- ${line}`).join('\n        ')}
engagement:
  max: 100
  window: 90d
  groups:
    - name: Content
      criteria:
        - { id: ebook, when: { activity: form-submission, form: ebook }, points: 50, per: once }
        - { id: newsletter, when: { activity: form-submission, form: newsletter }, points: 20, per: once }
grades:
  fit: { A: 60, B: 40, C: 20, D: 0 }
  engagement: { 1: 50, 2: 40, 3: 20, 4: 0 }
lifecycle:
  mql: { fit: 50, engagement: 40 }
${more}
`;
}

export interface SmallConfig {
  /** By id; the first has the outputs of `outputs`, the others their own. */
  readonly models: Readonly<Record<string, SmallModel>>;
  /** Lists beside those of the repository, by name. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** The config of this repository with these models in the place of its own. */
export function smallConfig({ models, lists = {} }: SmallConfig): Config {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('config', folder, { recursive: true, filter: (path) => !path.endsWith('.yaml') || !path.includes('models') });
  const others = Object.keys(models).filter((id, index) => index > 0 && models[id]?.unlisted !== true);
  const hubspot = join(folder, 'hubspot.yaml');
  writeFileSync(hubspot, `model_outputs: { ${others.map((id) => `${id}: {}`).join(', ')} }\n`, { flag: 'a' });
  for (const [id, model] of Object.entries(models))
    writeFileSync(join(folder, `models/${id}.yaml`), smallModel(id, model));
  for (const [name, entries] of Object.entries(lists))
    writeFileSync(join(folder, `lists/${name}.txt`), entries.join('\n'));
  return loadConfig(folder);
}
