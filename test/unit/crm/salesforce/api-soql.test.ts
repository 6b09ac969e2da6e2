import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBulkSoql } from '../../../../src/crm/salesforce/api/bulk-soql.ts';
import { isSalesforceId, longId } from '../../../../src/crm/salesforce/api/record-id.ts';
import { instant, literal, oneOf, oneOfTexts } from '../../../../src/crm/salesforce/api/soql.ts';

describe('a text in a query', () => {
  test.each([
    ["O'Neill", "'O\\'Neill'"],
    ['back\\slash', "'back\\\\slash'"],
    ["\\' OR Name != '", "'\\\\\\' OR Name != \\''"],
    ['two\nlines', "'two\\nlines'"],
    ['', "''"],
  ])('%j stays one string', (text, written) => {
    expect(literal(text)).toBe(written);
  });

  test('can say anything, and nothing of it ends the string', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '\\', 'a', '\n', '"') }), (text) => {
        expect(literal(text)).toMatch(/^'(?:[^'\\\n]|\\.)*'$/);
      }),
    );
  });
});

test('a time is written in whole seconds, rounded down', () => {
  expect(instant(Date.UTC(2026, 10, 16, 9, 0, 1, 999))).toBe('2026-11-16T09:00:01Z');
});

describe('a list', () => {
  test('is written as IN wants it', () => {
    expect(oneOf(['00Q5e00000AbCdEAAV', '003000000000001'])).toBe("('00Q5e00000AbCdEAAV','003000000000001')");
    expect(oneOfTexts(["o'neill@example.com", 'b@example.com'])).toBe("('o\\'neill@example.com','b@example.com')");
  });

  test('of nothing, or of what is no id, does not become a query', () => {
    expect(() => oneOf([])).toThrow(TypeError);
    expect(() => oneOfTexts([])).toThrow(TypeError);
    expect(() => oneOf(["00Q') OR (Name != '"])).toThrow(/no Salesforce id/);
  });
});

describe('an id', () => {
  test.each(['00Q5e00000AbCdE', '00Q5e00000AbCdEAAV'])('has 15 or 18 letters and digits: %s', (id) => {
    expect(isSalesforceId(id)).toBe(true);
  });
  test.each(['', '00Q5e00000AbCdEA', "00Q5e00000AbCd'", '00Q5e00000AbCdEAAVX', '00Q5e00000AbCdÉ'])(
    'is not %j',
    (id) => {
      expect(isSalesforceId(id)).toBe(false);
    },
  );

  test('of 15 gets the three characters that tell its capitals', () => {
    expect(longId('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
    expect(longId('001D000000IqhSLIAZ')).toBe('001D000000IqhSLIAZ');
    expect(longId('00Dxx0000001gPL')).toBe('00Dxx0000001gPLEAY');
  });
});

describe('a bulk query', () => {
  test.each([
    "SELECT Id FROM Lead WHERE Company = 'Order by limit'",
    "SELECT Id, Account.Name FROM Contact WHERE AccountId IN (SELECT Id FROM Account WHERE Name = 'It\\'s LIMIT 1')",
    'SELECT Id, Order__c, Limit__c FROM Lead WHERE IsDeleted = false',
  ])('may be %s', (soql) => {
    expect(() => checkBulkSoql(soql)).not.toThrow();
  });

  test.each([
    ['SELECT Id FROM Lead ORDER  BY Id', 'ORDER'],
    ['SELECT Id FROM Lead LIMIT 10', 'LIMIT'],
    ['SELECT Id FROM Lead offset 10', 'OFFSET'],
    ['SELECT Rating FROM Lead GROUP BY Rating', 'GROUP'],
    ['SELECT COUNT() FROM Lead', 'aggregate'],
    ['SELECT MAX(SystemModstamp) FROM Lead', 'aggregate'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'subquery'],
    ['SELECT TYPEOF Who WHEN Lead THEN Id END FROM Task', 'TYPEOF'],
  ])('may not be %s', (soql, word) => {
    expect(() => checkBulkSoql(soql)).toThrow(word);
  });
});
