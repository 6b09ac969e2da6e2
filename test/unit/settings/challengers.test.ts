import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/base/errors.ts';
import { smallConfig } from '../../support/small-models.ts';

const said = (models: Parameters<typeof smallConfig>[0]['models']) =>
  smallConfig({ models }).warnings.map(({ message, line }) => `${line === undefined ? '?' : 'at'} ${message}`);
const rival = (more = '') => ({ more: `challenger_to: platform\n${more}`, unlisted: true }) as const;

test('a sound challenger is warned of by nothing, and takes no place of its model', () => {
  expect(said({ platform: {}, rival: rival('holdout: 10%') })).toEqual([]);
  const config = smallConfig({ models: { platform: {}, rival: rival() } });
  expect(config.mainModel).toBe('platform');
  // Also where both have properties of their own, whichever comes first.
  const listed = smallConfig({ models: { rival: { more: 'challenger_to: platform' }, platform: {} } });
  expect(listed.mainModel).toBe('platform');
});

test('a challenger of a model that is not there is warned of, where it says so', () => {
  expect(said({ platform: {}, rival: { more: 'challenger_to: platfrom', unlisted: true } })).toEqual([
    'at nothing is scored by this challenger, as there is no model "platfrom": did you mean "platform"?',
  ]);
  expect(said({ platform: {}, rival: rival(), third: { more: 'challenger_to: rival', unlisted: true } })).toEqual([
    'at nothing is scored by this challenger, as "rival" is a challenger itself: name the model that it challenges',
  ]);
});

test('holdouts that overlap, or are more than half, are warned of', () => {
  expect(said({ platform: {}, rival: rival('holdout: 60%') })).toEqual([
    expect.stringContaining('60% of the leads would be scored by challengers of platform: beyond half'),
  ]);
  expect(said({ platform: {}, rival: rival('holdout: 10%'), other: rival('holdout: 20%') })).toEqual([
    'at the holdouts of other and rival overlap: who is in both is scored by other',
  ]);
  expect(said({ platform: {}, rival: rival('holdout: 40%'), other: rival('holdout: 40%') })).toHaveLength(2);
});

test('whom a challenger says it is about counts for nothing, and is warned of where it differs', () => {
  const scope = 'applies_to: { field: country, is: germany }';
  expect(said({ platform: { more: scope }, rival: rival(scope) })).toEqual([]);
  expect(said({ platform: {}, rival: rival(scope) })).toEqual([
    expect.stringContaining('a challenger scores whom its champion is about: this counts for nothing'),
  ]);
});

test('challengers alone are an error', () => {
  expect(() => smallConfig({ models: { rival: rival() } })).toThrow(ConfigError);
  expect(() => smallConfig({ models: { rival: rival() } })).toThrow(/there is none that is in use/);
});
