import { expect, test } from 'vitest';
import { createFormers, type Former } from '../../../../src/crm/salesforce/formers.ts';

const merged = (id: string): Former => ({ id, email: undefined, how: 'merged' });
const converted = (id: string): Former => ({ id, email: undefined, how: 'converted' });
const idsOf = (formers: readonly Former[]) => formers.map(({ id }) => id);

test('what was merged twice lives on in the last one', () => {
  const formers = createFormers();
  formers.add(merged('a'), 'b');
  formers.add(merged('b'), 'c');
  expect(idsOf(formers.of('c'))).toEqual(['a', 'b']);
  expect(idsOf(formers.of('b'))).toEqual(['a']);
  expect(formers.of('a')).toEqual([]);
});

test('a Lead that was converted to a Contact that was merged lives on in what is left', () => {
  const formers = createFormers();
  formers.add(converted('lead'), 'twin');
  formers.add(merged('twin'), 'contact');
  expect(idsOf(formers.of('contact'))).toEqual(['lead', 'twin']);
});

test('what was merged into a Lead before that was converted is the Lead’s, whether it was read or not', () => {
  const formers = createFormers();
  formers.add(merged('older'), 'lead');
  formers.add(converted('lead'), 'contact');
  expect(idsOf(formers.of('contact'))).toEqual(['lead']);
});

test('records that name each other are not followed for ever', () => {
  const formers = createFormers();
  formers.add(merged('a'), 'b');
  formers.add(merged('b'), 'a');
  expect(idsOf(formers.of('a'))).toEqual(['b']);
});
