import { describe, expect, test } from 'vitest';
import { type ListingPlace, placeText, readPlace } from '../../../../src/crm/salesforce/listing-place.ts';

const BEGINNING = { kind: 'Lead', row: 0, lost: 0 };

describe('the place of a listing', () => {
  test.each<ListingPlace>([
    { kind: 'Lead', job: '750000000000001AAA', locator: 'MTAwMDA', row: 400, lost: 1 },
    { kind: 'Contact', job: '750000000000001AAA', locator: 'a:b c%', row: 0, lost: 0 },
    { kind: 'Contact', row: 0, lost: 0 },
  ])('is read as it was written, as one word', (place) => {
    const text = placeText(place);
    expect(text).not.toMatch(/\s/);
    expect(readPlace(text)).toMatchObject(place);
  });

  test.each([undefined, '', '151', 'Lead', 'Account:a:b:1:0', 'Lead:%zz:b:1:0:9'])(
    'is the beginning where the text is none of ours: %s',
    (text) => expect(readPlace(text)).toEqual(BEGINNING),
  );

  test('has no row that is none', () => {
    expect(readPlace('Lead:job:loc:-5:x')).toMatchObject({ job: 'job', row: 0, lost: 0 });
  });
});
