import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DOMAIN_LISTS, domainClassifier, domainOf } from '../../../src/leads/email-domain.ts';
import { parseList } from '../../../src/leads/lists.ts';
import { DOMAINS } from './email-domains.cases.ts';

const folder = new URL('../../../config/lists/', import.meta.url);
const lists = new Map(
  readdirSync(folder).map((file) => [
    file.replace(/\.txt$/, ''),
    parseList(readFileSync(new URL(file, folder), 'utf8')),
  ]),
);
const kindOf = domainClassifier(lists);

describe('the kind of a mail domain', () => {
  for (const [kind, domains] of Object.entries(DOMAINS)) {
    test.each(domains)(`${kind}: %s`, (domain) => {
      expect(kindOf(domain)).toBe(kind === 'business' ? undefined : kind);
    });
  }

  test('our own lists win over the published ones, for what lies under a domain too', () => {
    const ours = domainClassifier(
      new Map([
        [DOMAIN_LISTS.business, new Set(['gmail.com'])],
        [DOMAIN_LISTS.personal, new Set(['acme.com'])],
      ]),
    );
    expect([ours('gmail.com'), ours('eu.acme.com'), ours('notacme.com'), ours('yahoo.com')]).toStrictEqual([
      undefined,
      'personal',
      undefined,
      'personal',
    ]);
  });

  test('holds without any list of our own', () => {
    expect(domainClassifier(new Map())('gmail.com')).toBe('personal');
  });
});

describe('the lists in config/lists', () => {
  const published = domainClassifier(new Map());

  test.each(Object.entries(DOMAIN_LISTS))(
    '%s: no line of it is said by another, or by the published data and the rules',
    (kind, name) => {
      const domains = [...(lists.get(name) ?? [])];
      expect(domains.filter((domain) => (published(domain) ?? 'business') === kind)).toStrictEqual([]);
      expect(domains.filter((domain) => domains.some((other) => domain.endsWith(`.${other}`)))).toStrictEqual([]);
    },
  );

  test.each(Object.entries(DOMAIN_LISTS))(
    '%s: every line of it counts, whatever stands in the others',
    (kind, name) => {
      const domains = [...(lists.get(name) ?? [])];
      expect(domains.filter((domain) => (kindOf(domain) ?? 'business') !== kind)).toStrictEqual([]);
    },
  );
});

describe('the domain of an address', () => {
  test.each([
    ['ann@acme.com', 'acme.com'],
    ['ann+news@mail.acme.com', 'mail.acme.com'],
    ['"ann@home"@acme.com', 'acme.com'],
    ['ann <ann@acme.com>', 'acme.com'],
    ['ann@acme.com.', 'acme.com'],
  ])('%s', (address, domain) => {
    expect(domainOf(address)).toBe(domain);
  });

  test.each(['', 'ann', 'ann@', '@acme.com', 'ann@localhost', 'acme.com', `a@${'a.'.repeat(200)}`])(
    '"%s" has none',
    (text) => {
      expect(domainOf(text)).toBeUndefined();
    },
  );

  test('of a text as long as a CRM keeps is told in a moment', () => {
    expect(domainOf(`a@${'.'.repeat(60_000)}a`)).toBeUndefined();
    expect(domainOf(`a@acme.com${'.>'.repeat(30_000)}`)).toBe('acme.com');
  });
});
