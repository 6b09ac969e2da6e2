import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../../../src/base/errors.ts';
import { checkBaseUrl } from '../../../src/crm/hubspot/base-url.ts';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';

describe('config/hubspot.yaml', () => {
  test('the shipped file writes out exactly what would be taken without it, but for fields, forms and the lifecycle', () => {
    const shipped = hubspotConfigSchema.parse(parse(readFileSync('config/hubspot.yaml', 'utf8')));
    const { fields, company_fields, forms } = shipped;
    expect(hubspotConfigSchema.parse({ fields, company_fields, forms })).toEqual({ ...shipped, lifecycle: 'off' });
  });

  test('every key of its JSON Schema tells an editor what it is for', () => {
    const schema = z.toJSONSchema(hubspotConfigSchema, { target: 'draft-7', io: 'input' });
    const silent: string[] = [];
    walk(schema, '', silent);
    expect(silent).toEqual([]);
  });
});

function walk(node: unknown, path: string, silent: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties, anyOf } = node as { properties?: Record<string, { description?: string }>; anyOf?: unknown[] };
  for (const [key, child] of Object.entries(properties ?? {})) {
    if (child.description === undefined) silent.push(`${path}.${key}`);
    walk(child, `${path}.${key}`, silent);
  }
  for (const each of anyOf ?? []) walk(each, path, silent);
}

describe('the token goes to HubSpot or to this machine, and nowhere else', () => {
  test.each([
    'https://api.hubapi.com',
    'https://api-eu1.hubapi.com/',
    'http://127.0.0.1:4000',
    'http://localhost:4000/',
    'http://[::1]:4000',
  ])('%s', (url) => {
    expect(checkBaseUrl(url)).toBe(url.replace(/\/$/, ''));
  });

  test.each([
    'http://api.hubapi.com',
    'https://api.hubapi.com.evil.example',
    'https://evil.example/api.hubapi.com',
    'https://api.hubapi.com@evil.example',
    'https://api.hubapi.com:8443',
    'https://api.hubapi.com/crm',
    'http://169.254.169.254',
    'http://127.0.0.1.evil.example',
    'file:///etc/passwd',
    'nonsense',
  ])('%s is refused', (url) => {
    expect(() => checkBaseUrl(url)).toThrow(ConfigError);
  });
});

test('a task names nothing in braces but {subject}', () => {
  const withSubject = (subject: string) =>
    hubspotConfigSchema.safeParse({ fields: { email: 'email' }, tasks: { subject } });
  expect(withSubject('Call now: {subject}').success).toBe(true);
  expect(withSubject('Call {name}').error?.issues[0]?.message).toContain('only {subject} can stand in braces');
});
