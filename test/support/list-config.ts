import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, loadConfig } from '../../src/settings/config.ts';

const CRITERIA = `
        - { id: reader, name: Reads the newsletter, when: { field: newsletter_reader, is: true }, points: 7 }
        - { id: no-reader, name: Reads no newsletter, when: { field: newsletter_reader, is: false }, points: -3 }`;

/** The config of this repository, whose model asks who is on the list `Newsletter readers`. */
export function listConfig(lists = 'lists: { newsletter_reader: Newsletter readers }'): Config {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('config', folder, { recursive: true });
  writeFileSync(join(folder, 'hubspot.yaml'), `${lists}\n`, { flag: 'a' });
  const model = join(folder, 'models/platform.yaml');
  const yaml = readFileSync(model, 'utf8');
  const edited = yaml.replace(/(- name: Poor fit\n\s+criteria:)/, `$1${CRITERIA}`);
  if (edited === yaml) throw new Error('the model has no group for it');
  writeFileSync(model, edited);
  return loadConfig(folder);
}
