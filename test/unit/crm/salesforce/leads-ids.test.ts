import { expect, test } from 'vitest';
import { idsOf } from '../../../../src/crm/salesforce/person-kind.ts';

test('ids of 15 characters become those of 18, and each is there once', () => {
  expect(idsOf('Lead', ['00QGg0000000Ab1', '00QGg0000000Ab1MAE', '00QGg0000000Ab1'])).toEqual(['00QGg0000000Ab1MAE']);
});

test('what is no id of such a record is left out', () => {
  const strangers = ['nonsense', '', '003Gg0000000Ab1MAE', "00Q' OR Id != '", '00QGg0000000Ab', '00QGg0000000Ab1MA'];
  expect(idsOf('Lead', strangers)).toEqual([]);
});

test('an id that lost its capitals on the way is nobody’s', () => {
  expect(idsOf('Lead', ['00qgg0000000ab1mae', '00QGg0000000ab1MAE'])).toEqual([]);
});
