import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { COUNTRY_WORDS, countriesNamed, countryOf } from '../../../src/leads/country.ts';
import { REGIONS } from '../../../src/leads/region-table.ts';
import { normaliseText } from '../../../src/leads/text.ts';
import { COUNTRIES, NO_COUNTRIES } from './countries.cases.ts';

const ALL_CODES: readonly string[] = codes.flatMap(([alpha2]) => alpha2 ?? []);

describe('the country that a field names', () => {
  for (const [code, texts] of Object.entries(COUNTRIES)) {
    test.each(texts)(`${code}: %s`, (text) => {
      expect(countryOf(normaliseText(text) ?? '')).toBe(code);
    });
  }

  test.each(NO_COUNTRIES)('none: %s', (text) => {
    expect(countryOf(normaliseText(text) ?? '')).toBeUndefined();
  });

  test('is found by every code of two and of three letters, but NA, which mostly means "not applicable"', () => {
    for (const [alpha2 = '', alpha3 = ''] of codes) {
      expect([alpha2, countryOf(alpha2.toLowerCase()) ?? 'NA', countryOf(alpha3.toLowerCase())]).toStrictEqual([
        alpha2,
        alpha2,
        alpha2,
      ]);
    }
  });

  test('is none in a text without end', () => {
    for (const part of ['germany ', 'germany, ', '(', ' - ', '🇩🇪'])
      expect(countryOf(part.repeat(10_000))).toBeUndefined();
  });
});

describe('the countries that a word in a model stands for', () => {
  test.each([
    ['Germany', 'DE'],
    ['deutschland', 'DE'],
    ['us', 'US'],
    ['America', 'US'],
    ['georgia', 'GE'],
    ['DACH', 'AT CH DE'],
    ['d-a-ch', 'AT CH DE'],
    ['benelux', 'BE LU NL'],
    ['Benelux countries', 'BE LU NL'],
    ['scandinavia', 'DK NO SE'],
    ['baltics', 'EE LT LV'],
    ['Baltic states', 'EE LT LV'],
    ['UK and Ireland', 'GB IE'],
    ['uk & ireland', 'GB IE'],
    ['uki', 'GB IE'],
    ['UK/Ireland', 'GB IE'],
    ['iberia', 'ES PT'],
    ['anz', 'AU NZ'],
    ['Australia & New Zealand', 'AU NZ'],
    ['gcc', 'AE BH KW OM QA SA'],
    ['Gulf states', 'AE BH KW OM QA SA'],
    ['five eyes', 'AU CA GB NZ US'],
    ['G7', 'CA DE FR GB IT JP US'],
    ['asean', 'BN ID KH LA MM MY PH SG TH TL VN'],
    ['South-East Asia', 'BN ID KH LA MM MY PH SG TH TL VN'],
    ['central_america', 'BZ CR GT HN NI PA SV'],
    ['greater china', 'CN HK MO TW'],
    ['mercosur', 'AR BO BR PY UY'],
    ['caucasus region', 'AM AZ GE'],
  ])('%s', (word, countries) => {
    expect([...(countriesNamed(word) ?? [])].sort().join(' ')).toBe(countries);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['europe', ['GB', 'CH', 'NO', 'RU', 'CY', 'XK'], ['TR', 'GE', 'IL', 'KZ']],
    ['eu', ['IE', 'CY', 'HR', 'BG'], ['GB', 'CH', 'NO', 'TR']],
    ['eea', ['IS', 'LI', 'NO', 'FR'], ['GB', 'CH']],
    ['schengen', ['CH', 'RO', 'BG'], ['IE', 'CY', 'GB']],
    ['eurozone', ['DE', 'HR', 'BG'], ['SE', 'DK', 'PL', 'CH']],
    ['nordics', ['FI', 'IS', 'FO'], ['EE', 'DE']],
    ['western europe', ['GB', 'FR', 'SE', 'ES'], ['PL', 'RO', 'EE']],
    ['cee', ['PL', 'EE', 'RO', 'RS'], ['DE', 'RU']],
    ['emea', ['DE', 'AE', 'ZA', 'TR', 'KZ'], ['US', 'IN']],
    ['middle east', ['AE', 'IL', 'EG', 'TR', 'IR'], ['MA', 'IN', 'CY']],
    ['mena', ['MA', 'EG', 'SA'], ['NG', 'GR']],
    ['africa', ['EG', 'ZA', 'MU'], ['YE', 'SA']],
    ['sub-saharan africa', ['NG', 'KE', 'ZA'], ['EG', 'MA', 'TN']],
    ['north america', ['US', 'CA', 'MX'], ['GT', 'BR', 'CU']],
    ['latam', ['MX', 'BR', 'CR', 'DO'], ['US', 'CA', 'ES']],
    ['latin america & the caribbean', ['MX', 'JM'], ['US']],
    ['south america', ['BR', 'AR'], ['MX', 'PA']],
    ['caribbean', ['CU', 'JM', 'PR', 'TT'], ['MX', 'BZ']],
    ['the americas', ['US', 'BR', 'CU'], ['ES']],
    ['apac', ['JP', 'IN', 'AU', 'SG', 'FJ'], ['AE', 'TR', 'US']],
    ['Asia/Pacific', ['JP', 'AU'], ['US']],
    ['Asia/Pacific Region', ['JP', 'AU'], ['US']],
    ['asia', ['JP', 'IN', 'SA', 'KZ'], ['AU', 'EG', 'RU']],
    ['oceania', ['AU', 'FJ'], ['ID']],
  ])('%s', (word, inside, outside) => {
    const countries = countriesNamed(word) ?? new Set();
    expect(inside.filter((code) => !countries.has(code))).toStrictEqual([]);
    expect(outside.filter((code) => countries.has(code))).toStrictEqual([]);
  });

  test.each(['', 'n/a', 'na', 'mars', 'europa universalis', 'select', 'region', 'constructor', 'states'])(
    'are none for "%s"',
    (word) => {
      expect(countriesNamed(word)).toBeUndefined();
    },
  );

  test('are in one of EMEA, the Americas and APAC each, but Antarctica', () => {
    const world = ['emea', 'americas', 'apac'].flatMap((word) => [...(countriesNamed(word) ?? [])]);
    expect(world.sort()).toStrictEqual(ALL_CODES.filter((code) => code !== 'AQ').sort());
  });

  test('are never a region that takes the name of a country', () => {
    expect(REGIONS.flatMap(({ names }) => names.filter((name) => countryOf(name.toLowerCase())))).toStrictEqual([]);
  });

  test('are countries that there are', () => {
    const unknown = COUNTRY_WORDS.flatMap((word) => [...(countriesNamed(word) ?? [])]).filter(
      (code) => !ALL_CODES.includes(code),
    );
    expect(unknown).toStrictEqual([]);
  });

  test('are 27 in the EU, 30 in the EEA, 29 in Schengen and 21 with the euro', () => {
    expect(['eu', 'eea', 'schengen', 'eurozone'].map((word) => countriesNamed(word)?.size)).toStrictEqual([
      27, 30, 29, 21,
    ]);
  });
});

describe('the words offered to whoever mistypes one', () => {
  test('are all known, and none twice', () => {
    expect(COUNTRY_WORDS.filter((word) => countriesNamed(word) === undefined)).toStrictEqual([]);
    expect(new Set(COUNTRY_WORDS).size).toBe(COUNTRY_WORDS.length);
  });

  test('name every country', () => {
    const named = new Set(COUNTRY_WORDS.map((word) => countryOf(word.toLowerCase())));
    expect(ALL_CODES.filter((code) => !named.has(code))).toStrictEqual([]);
  });

  test('are what people would write', () => {
    expect(COUNTRY_WORDS).toEqual(
      expect.arrayContaining(['Germany', 'South Korea', 'Czechia', 'Moldova', 'Taiwan', 'DACH', 'EU', 'Latin America']),
    );
  });
});
