import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, loadConfig } from '../../src/settings/config.ts';

/** The config of this repository with another text in one of its files, that of its model unless told. */
export function editedConfig(edit: (yaml: string) => string, name = 'models/platform.yaml'): Config {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('config', folder, { recursive: true });
  const file = join(folder, name);
  const before = readFileSync(file, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error('nothing was edited');
  writeFileSync(file, after);
  return loadConfig(folder);
}
