import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DOMAIN_LISTS, domainClassifier, domainOf } from '../../../src/leads/email-domain.ts';
import { parseList } from '../../../src/leads/lists.ts';

const folder = new URL('../../../config/lists/', import.meta.url);
const lists = new Map(
  readdirSync(folder).map((file) => [
    file.replace(/\.txt$/, ''),
    parseList(readFileSync(new URL(file, folder), 'utf8')),
  ]),
);
const kindOf = domainClassifier(lists);

const DOMAINS = {
  personal: [
    'gmail.com',
    'googlemail.com',
    'outlook.com',
    'hotmail.co.uk',
    'live.com',
    'yahoo.com',
    'yahoo.co.jp',
    'icloud.com',
    'me.com',
    'aol.com',
    'gmx.de',
    'web.de',
    'orange.fr',
    'libero.it',
    'qq.com',
    '163.com',
    'naver.com',
    'mail.ru',
    'yandex.ru',
    'proton.me',
    'protonmail.com',
    'fastmail.com',
    'duck.com',
    'zoho.com',
    'hey.com',
    'privaterelay.appleid.com',
    't-online.de',
    'comcast.net',
    'btinternet.com',
  ],
  disposable: [
    'mailinator.com',
    'yopmail.com',
    'guerrillamail.com',
    '10minutemail.com',
    'temp-mail.org',
    'trashmail.com',
    'sharklasers.com',
    'anything.33mail.com',
  ],
  education: [
    'mit.edu',
    'cs.stanford.edu',
    'ox.ac.uk',
    'stu.leeds.ac.uk',
    'sydney.edu.au',
    'u-tokyo.ac.jp',
    'ethz.ch',
    'student.tum.de',
    'tsinghua.edu.cn',
  ],
  government: [
    'whitehouse.gov',
    'cia.gov',
    'austintexas.gov',
    'hmrc.gov.uk',
    'gov.uk',
    'interieur.gouv.fr',
    'canada.gc.ca',
    'navy.mil',
    'meti.go.jp',
    'ato.gov.au',
    'bund.de',
    'ec.europa.eu',
    'eb.mil.br',
  ],
  business: [
    'acme.com',
    'easypost.com',
    'mail.easypost.com',
    'salesforce.com',
    'education.com',
    'edu.com',
    'gov.com',
    'mil.com',
    'educated.io',
    'academy.ac',
    'gouvernail.fr',
    'militec.mil.com',
    'nogmail.com',
    'gmail.com.example',
    'x.co.jp',
    'ac.com',
    'governor.co.uk',
    'localhost.localdomain',
  ],
};

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
});
