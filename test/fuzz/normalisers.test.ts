import fc from 'fast-check';
import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { excerpt } from '../../src/base/excerpt.ts';
import { redactText } from '../../src/base/log.ts';
import { countriesNamed, countryOf } from '../../src/leads/country.ts';
import { hashEmail, normaliseEmail } from '../../src/leads/email.ts';
import { DOMAIN_KINDS, domainClassifier, domainOf } from '../../src/leads/email-domain.ts';
import { fieldOfColumn } from '../../src/leads/field-of-column.ts';
import { FUNCTIONS } from '../../src/leads/job-function-table.ts';
import { listKeys } from '../../src/leads/list-keys.ts';
import { listLineProblem, parseList } from '../../src/leads/lists.ts';
import { isPrivacyProxy } from '../../src/leads/machine.ts';
import { SENIORITIES } from '../../src/leads/seniority-table.ts';
import { normaliseText } from '../../src/leads/text.ts';
import { titleWords } from '../../src/leads/title-words.ts';
import { type OwnTitles, titleReader } from '../../src/leads/titles.ts';
import { fuzz } from '../support/fuzz.ts';
import { oddText } from '../support/odd-texts.ts';

/** What reads a text of a lead gets it so: without blanks around it and in lower case. */
const plain = (texts: fc.Arbitrary<string>) => texts.map((text) => normaliseText(text) ?? '');

const COUNTRIES = new Set([...codes.map(([alpha2]) => alpha2), 'XK']);

describe('a text', () => {
  test('compared is compared as itself', () => {
    fuzz(oddText(), (text) => {
      const once = normaliseText(text);
      expect(normaliseText(once)).toBe(once);
    });
  });
});

describe('an e-mail address', () => {
  const words = ['ann', '@', 'example', '.', 'com', '%40', '+tag', ' ', '<', '>', ':', 'ANN', 'xn--', '@@', '..'];

  test('agreed on stays so, and names one person', () => {
    fuzz(oddText(words), (text) => {
      const email = normaliseEmail(text);
      expect(normaliseEmail(email)).toBe(email);
      expect(normaliseEmail(` ${text}\n`)).toBe(email);
      if (email === undefined) return;
      expect(email.length).toBeLessThanOrEqual(254);
      expect(() => encodeURIComponent(email)).not.toThrow();
      expect(hashEmail(email)).toMatch(/^[\w-]{22}$/);
    });
  });

  test('is at a domain that is a name, of a kind that is known', () => {
    const kindOf = domainClassifier(new Map([['business-domains', new Set(['example.com'])]]));
    fuzz(plain(oddText(words)), (text) => {
      const domain = domainOf(text);
      if (domain === undefined) return;
      expect(domain.length).toBeLessThanOrEqual(253);
      expect(domain).toContain('.');
      expect([undefined, ...DOMAIN_KINDS]).toContain(kindOf(domain));
      expect(domainOf(`someone@${domain}`)).toBe(domain);
    });
  });

  test('is never left in what goes to a log or a message', () => {
    const address = fc.constantFrom('canary@example.org', 'canary%40example.org', 'CANARY@EXAMPLE.ORG');
    fuzz(fc.tuple(oddText(words), address, oddText(words)), ([before, email, after]) => {
      expect(redactText(`${before} ${email} ${after}`)).not.toContain(email);
      expect(excerpt(`${before} ${email} ${after}`)).not.toContain(email);
      expect(excerpt(before).length).toBeLessThanOrEqual(41);
    });
  });
});

describe('a company', () => {
  const words = ['https://', 'www.', 'acme', '.', 'com', '/', '?', '#', '@', ':', '443', ' ', 'HTTP://'];

  test('is looked for in lists under a few short names, its own text among them', () => {
    fuzz(plain(oddText(words)), (text) => {
      const keys = listKeys(text);
      expect(keys.length).toBeLessThanOrEqual(160);
      for (const key of keys) expect(text).toContain(key);
      if (text.length <= 300) expect(keys[0]).toBe(text);
    });
  });

  test('written into a list is found there', () => {
    const lines = oddText([...words, '#', '\n', '*.'], 500);
    fuzz(lines, (text) => {
      for (const line of text.split('\n')) listLineProblem(line);
      const entries = parseList(text);
      expect(parseList([...entries].join('\n'))).toEqual(entries);
    });
  });
});

describe('a job title', () => {
  const words = ['VP', 'of', 'Sales', 'Vertriebs', 'leiter', ':in', '/', '-', ',', '(m/w/d)', 'C.E.O.', "d'", 'a.D.'];
  const own: OwnTitles = {
    seniority: { 'squad lead': 'manager' },
    function: Object.fromEntries([['constructor', 'engineering']]),
  };
  const titles = titleReader(own);

  test('is of a rank and a line of work that are known, or none', () => {
    fuzz(plain(oddText([...words, 'squad', 'lead', 'bauleiter'])), (title) => {
      expect([undefined, ...SENIORITIES]).toContain(titles.seniorityOf(title));
      expect([undefined, ...FUNCTIONS]).toContain(titles.functionOf(title));
      expect(titles.functionOf(title)).toBe(titleReader(own).functionOf(title));
    });
  });

  test('has no more words than it has room for', () => {
    fuzz(plain(oddText(words)), (title) => {
      expect(titleWords(title).length).toBeLessThanOrEqual(200);
      expect(titleWords(title)).toEqual(titleWords(title));
    });
  });
});

describe('a country', () => {
  const words = ['Germany', 'DE', ',', ' - ', '/', '(', ')', 'Republic of', 'Georgia', 'CA', '🇩🇪', 'St.', '&', 'EU'];

  test('has a code of ISO 3166, the same in any case', () => {
    fuzz(plain(oddText(words, 300)), (text) => {
      const country = countryOf(text);
      if (country !== undefined) expect(COUNTRIES).toContain(country);
      expect(countryOf(text)).toBe(country);
      for (const code of countriesNamed(text) ?? []) expect(COUNTRIES).toContain(code);
      // "na" is mostly no answer.
      if (country !== undefined && country !== 'NA') expect(countryOf(country.toLowerCase())).toBe(country);
    });
  });
});

describe('the column of a table', () => {
  test('becomes a field that stays what it is', () => {
    fuzz(oddText(['Job', ' ', 'Title', '(m²)', 'Größe', '_', '3.']), (name) => {
      const field = fieldOfColumn(name);
      if (field === undefined) return;
      expect(field).toMatch(/^[a-z][a-z0-9_]{0,63}$/);
      expect(fieldOfColumn(field)).toBe(field);
    });
  });
});

describe('the program that opened a letter', () => {
  test('is a machine or none', () => {
    fuzz(oddText(['Mozilla/5.0', 'bot', 'cubot', ' ', 'GoogleImageProxy', 'curl/8', '(']), (agent) => {
      expect(typeof isPrivacyProxy(agent)).toBe('boolean');
    });
  });
});
