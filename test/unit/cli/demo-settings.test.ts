import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/base/errors.ts';
import type { DemoCrmName } from '../../../src/cli/demo/demo-crm.ts';
import { demoSettings } from '../../../src/cli/demo/demo-settings.ts';
import { tempFolder } from '../../support/run-cli.ts';

const env = { LEADGAUGE_DATA: '/nowhere' };

function open(...crms: DemoCrmName[]) {
  const dir = join(tempFolder(), 'config');
  const copy = join(tempFolder(), 'copy');
  cpSync('config', dir, { recursive: true });
  return { dir, copy, load: () => demoSettings({ dir, copy, crms, env, workingDir: tempFolder() }) };
}

test('HubSpot alone is read from the folder of the checkout, as it is on there', () => {
  const { dir, load } = open('hubspot');
  const { settings, dir: read } = load();
  expect(read).toBe(dir);
  expect([settings.hubspot?.value.role, settings.salesforce]).toEqual(['both', undefined]);
});

test('another choice of CRMs is made in a copy, and no line of it moves', () => {
  const { dir, copy, load } = open('salesforce');
  const before = readFileSync(join(dir, 'salesforce.yaml'), 'utf8');
  const { settings, dir: read } = load();
  expect(read).toBe(copy);
  expect([settings.hubspot, settings.salesforce?.value.role]).toEqual([undefined, 'both']);
  expect(readFileSync(join(dir, 'salesforce.yaml'), 'utf8')).toBe(before);
  const lines = readFileSync(join(copy, 'salesforce.yaml'), 'utf8').split('\n');
  expect(lines.filter((line, index) => line !== before.split('\n')[index])).toEqual(['role: both']);
});

test('a file that says nothing of its role gets one', () => {
  const { dir, load } = open('hubspot', 'salesforce');
  const file = join(dir, 'salesforce.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^role:.*\n/m, ''));
  const { settings } = load();
  expect([settings.hubspot?.value.role, settings.salesforce?.value.role]).toEqual(['both', 'both']);
});

test('what is wrong is told of the files that people know', () => {
  const { dir, copy, load } = open('salesforce');
  const file = join(dir, 'salesforce.yaml');
  writeFileSync(file, `${readFileSync(file, 'utf8')}wrong: 1\n`);
  expect(load).toThrow(new RegExp(`^${file}:\\d+:1 unknown key "wrong"`));
  expect(load).not.toThrow(copy);
});

test('a CRM without a file is told of by its name', () => {
  const { dir, load } = open('salesforce');
  rmSync(join(dir, 'salesforce.yaml'));
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(/salesforce\.yaml: there is no such file/);
});
