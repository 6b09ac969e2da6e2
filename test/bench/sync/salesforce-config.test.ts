import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../../src/settings/config.ts';
import { salesforceAlone } from './salesforce-config.ts';

test('the shipped config with Salesforce alone scores by the same models', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgauge-bench-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const config = loadConfig(await salesforceAlone('config', folder));
  expect(config.hubspot).toBeUndefined();
  expect(config.salesforce?.value.role).toBe('both');
  expect(config.models.version).toBe(loadConfig('config').models.version);
});
