import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { mintId } from '../../src/sandbox/salesforce/org/ids.ts';
import { type Config, loadConfig } from '../../src/settings/config.ts';

/** What a story's config says besides what this repository ships. */
export interface StoryConfig {
  /** The shipped model with other text in it. */
  readonly model?: (yaml: string) => string;
  /** Models in place of the shipped one, by id: the first has the outputs of `outputs`, the others their own. */
  readonly models?: Readonly<Record<string, string>>;
  /** All of `sales.yaml`; what is shipped unless told. */
  readonly sales?: string;
  /** Who gets leads in turn, by their addresses. */
  readonly inTurn?: readonly string[];
  /** The nurture rules that have a list or campaign, named `Nurture: <rule>`; that of `content` unless told. */
  readonly series?: readonly string[];
}

/** The business unit of Account Engagement, which tells of page views in Salesforce. */
export const BUSINESS_UNIT = mintId('0Uv', 1);

/** The statuses by which sales speak, beside one that says nothing. */
export const STATUSES = {
  HubSpot: { working: 'IN_PROGRESS', 'not-now': 'BAD_TIMING', rejected: 'UNQUALIFIED', none: 'OPEN' },
  Salesforce: {
    working: 'Working - Contacted',
    'not-now': 'Nurturing',
    rejected: 'Closed - Not Converted',
    none: 'Open - Not Contacted',
  },
} as const;

/** Who is in sales from the beginning, in either CRM. */
export const TEAM = [
  'dana.whitlock@gaugeworks.example',
  'marco.ferri@gaugeworks.example',
  'aiko.mori@gaugeworks.example',
] as const;

/** By the shipped model, interest of 30 points is below 10 after eleven days, and a month later the lead goes back. */
export const COOLS_FAST = {
  model: (yaml: string) => yaml.replace('half_life: 45d', 'half_life: 7d'),
  sales: 'follow_up: off\n',
} as const satisfies StoryConfig;

/** Both CRMs are on, and every part of the sales process that config can name. */
export function storyConfig({ model, models, sales, inTurn = [], series = ['content'] }: StoryConfig = {}): Config {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-story-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('config', folder, { recursive: true });
  const edit = (name: string, change: (yaml: string) => string) => {
    const file = join(folder, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  if (sales !== undefined) edit('sales.yaml', () => sales);
  if (model !== undefined) edit('models/platform.yaml', (yaml) => changed(yaml, model(yaml)));
  const ids = Object.keys(models ?? { platform: '' });
  if (models !== undefined) {
    rmSync(join(folder, 'models/platform.yaml'));
    for (const [id, yaml] of Object.entries(models)) writeFileSync(join(folder, `models/${id}.yaml`), yaml);
  }
  const others = ids.slice(1).map((id) => `${id}: {}`);
  const ofModels = others.length === 0 ? '' : `\nmodel_outputs: { ${others.join(', ')} }`;
  const nurture = (place: 'list' | 'campaign') =>
    series.length === 0
      ? ''
      : `\nnurture: { ${series.map((rule) => `${rule}: { ${place}: "${seriesName(rule)}" }`).join(', ')} }`;
  const owners = (yaml: string) =>
    inTurn.length === 0 ? yaml : yaml.replace(/^tasks:$/m, `tasks:\n  owners: [${inTurn.join(', ')}]`);
  edit('hubspot.yaml', (yaml) => `${owners(yaml)}${nurture('list')}${ofModels}\n`);
  edit(
    'salesforce.yaml',
    (yaml) => `${owners(inSalesforce(yaml))}
account_engagement: { business_unit: ${BUSINESS_UNIT} }${nurture('campaign')}${ofModels}
`,
  );
  return loadedOnce(folder);
}

/** By what their files say. */
const loaded = new Map<string, Config>();

/** Most stories of a file are of the same config, and to load it takes longer than a sync. */
function loadedOnce(folder: string): Config {
  const files = globSync('**/*.yaml', { cwd: folder }).sort();
  const said = JSON.stringify(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const config = loaded.get(said) ?? loadConfig(folder);
  loaded.set(said, config);
  return config;
}

export const seriesName = (rule: string) => `Nurture: ${rule}`;

function inSalesforce(yaml: string): string {
  const { working, 'not-now': notNow, rejected } = STATUSES.Salesforce;
  const words = `working: [${working}], not_now: [${notNow}], rejected: [${rejected}]`;
  return yaml
    .replace(/^role: off$/m, 'role: both')
    .replace('stages: [Lead, MQL', 'stages: [Subscriber, Lead, MQL')
    .replace(/^sales_status: off$/m, `sales_status: { contact: Contact_Status__c, ${words} }`);
}

function changed(before: string, after: string): string {
  if (after === before) throw new Error('nothing was edited');
  return after;
}
