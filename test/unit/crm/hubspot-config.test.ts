import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../../../src/base/errors.ts';
import { checkBaseUrl } from '../../../src/crm/hubspot/base-url.ts';
import { hubspotConfigSchema } from '../../../src/crm/hubspot/config.ts';
import { problemsOf } from '../settings/problems-of.ts';

describe('config/hubspot.yaml', () => {
  test('the shipped file writes out exactly what would be taken without it, but for fields, forms, stages and the status', () => {
    const shipped = hubspotConfigSchema.parse(parse(readFileSync('config/hubspot.yaml', 'utf8')));
    const { fields, company_fields, forms } = shipped;
    expect(hubspotConfigSchema.parse({ fields, company_fields, forms })).toEqual({
      ...shipped,
      lifecycle: 'off',
      sales_status: 'off',
    });
  });

  test('a status says one thing', () => {
    const problems = (given: object) =>
      hubspotConfigSchema
        .safeParse({ fields: {}, ...given })
        .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    const status = { working: ['OPEN', 'CONNECTED'], rejected: ['LOST', 'OPEN'] };
    expect(problems({ sales_status: status })).toEqual([
      'sales_status.rejected.1: "OPEN" is already one of working: a status says one thing, so keep one of them',
    ]);
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

describe('what would look right and do harm is refused with its place', () => {
  const refused = (yaml: string) => problemsOf(`fields: { email: email }\n${yaml}`, hubspotConfigSchema);

  test('one form under two keys', () => {
    expect(refused('forms:\n  demo-request: Request a demo\n  ebook: Request a demo\n')).toEqual([
      'f:4:10 "Request a demo" is already demo-request: a form has one key, so keep one of them',
    ]);
  });

  test('one event under two keys', () => {
    const yaml = 'custom_events:\n  trial: pe1_trial\n  demo: { event: pe1_trial, as: visit }\n  tour: pe1_trial\n';
    expect(refused(yaml)).toEqual([
      'f:4:18 "pe1_trial" is already trial: it would count twice, so keep one of them',
      'f:5:9 "pe1_trial" is already trial: it would count twice, so keep one of them',
    ]);
  });

  test('one owner twice, and a list of none', () => {
    expect(refused('tasks:\n  owners:\n    - ann@example.com\n    - Ann@example.com\n')).toEqual([
      'f:5:7 entry 2 of owners is the same owner as entry 1: keep one of them',
    ]);
    expect(refused('tasks: { owners: [] }\n')).toEqual(['f:2:18 name at least one owner, or take "owners" out']);
  });

  test('more searches than all apps of an account have', () => {
    expect(refused('budget: { search: 50 }\n')).toEqual(['f:2:19 "search" must be at most 5, not 50']);
  });

  test('two fields on one property are two names for the same, and fine', () => {
    expect(refused('company_fields: { size: n, employees: n }\n')).toEqual([]);
  });
});

describe('what is written in another way is told how it is written here', () => {
  test.each([
    [
      'tasks: { owners: dana@example.com }',
      'f:2:18 "owners" must be a list, not "[e-mail]": put it in brackets, [ ... ]',
    ],
    ['tasks: { owners: dana }', 'f:2:18 "owners" must be a list, not "dana": write [dana]'],
    ['streams: { meetings: true }', 'f:2:22 "meetings" must be "auto" or "on" or "off", not true: write on'],
    ['streams: { meetings: false }', 'f:2:22 "meetings" must be "auto" or "on" or "off", not false: write off'],
    ['streams: { meetings: yes }', 'f:2:22 "yes" is not allowed for "meetings": did you mean "on"?'],
    ['streams: off', 'f:2:10 "streams" must be keys with values, not "off": such as { page_views: off, meetings: on }'],
    ['owners: [ann]', 'f:2:1 "owners" does not belong here but in "tasks": indent it as the lines there'],
  ])('%s', (yaml, message) => {
    expect(problemsOf(`fields: { email: email }\n${yaml}\n`, hubspotConfigSchema)).toEqual([message]);
  });
});
