import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { NO_OWN_TITLES, type OwnTitles, titleReader, titlesSchema } from '../../../src/leads/titles.ts';
import { readYaml } from '../../../src/settings/yaml-file.ts';

function withOwn(own: Partial<OwnTitles>) {
  return titleReader({ ...NO_OWN_TITLES, ...own });
}

describe("a company's own phrases", () => {
  test('decide before the built-in table, whatever else the title says', () => {
    const { seniorityOf, functionOf } = withOwn({
      seniority: { 'product owner': 'head' },
      function: { 'product owner': 'operations' },
    });
    expect(seniorityOf('senior product owner')).toBe('head');
    expect(functionOf('senior product owner, marketing')).toBe('operations');
    expect(seniorityOf('product manager')).toBe('manager');
  });

  test('decide in the order of the file', () => {
    const own = { 'squad lead': 'manager', guru: 'senior' } as const;
    expect(withOwn({ seniority: own }).seniorityOf('guru & squad lead')).toBe('manager');
  });

  test('may say that words mean nothing', () => {
    const { seniorityOf, functionOf } = withOwn({ seniority: { lead: 'none' }, function: { data: 'none' } });
    expect(seniorityOf('lead developer')).toBe('staff');
    expect(seniorityOf('lead')).toBeUndefined();
    expect(functionOf('data marketing manager')).toBe('marketing');
  });

  test('meet feminine forms, accents and umlauts', () => {
    const { seniorityOf } = withOwn({ seniority: { bezirksdirektor: 'manager', 'chargé de pôle': 'head' } });
    expect(seniorityOf('bezirksdirektorin nord')).toBe('manager');
    expect(seniorityOf('chargee de pole')).toBe('head');
  });

  test('lose no word to a phrase of the built-in table', () => {
    expect(withOwn({ seniority: { 'owner success': 'senior' } }).seniorityOf('product owner success')).toBe('senior');
  });

  test("are somebody else's where every title is", () => {
    const { seniorityOf } = withOwn({ seniority: { 'squad lead': 'manager' } });
    expect(seniorityOf('assistant to the squad lead')).toBe('staff');
    expect(seniorityOf('former squad lead')).toBeUndefined();
  });

  test('may hold words after which a title is another one’s', () => {
    expect(withOwn({ seniority: { 'right hand to the ceo': 'head' } }).seniorityOf('right hand to the ceo')).toBe(
      'head',
    );
  });

  test('belong to one reader alone', () => {
    withOwn({ seniority: { wizard: 'c-level' } });
    expect(titleReader().seniorityOf('wizard')).toBeUndefined();
  });
});

describe('config/titles.yaml', () => {
  test('is valid as it is shipped, and adds nothing', () => {
    expect(readYaml('config/titles.yaml', titlesSchema).value).toEqual({ seniority: null, function: null });
    expect(titleReader({ seniority: null, function: null }).seniorityOf('ceo')).toBe('c-level');
  });

  test('may be empty', () => {
    expect(titlesSchema.parse({})).toEqual(NO_OWN_TITLES);
  });

  test.each([
    [{ seniority: { 'squad lead': 'boss' } }],
    [{ function: { 'squad lead': 'manager' } }],
    [{ seniority: { '!?': 'manager' } }],
    [{ seniority: { '42': 'manager' } }],
    [{ seniority: { [`${'very '.repeat(20)}long`]: 'manager' } }],
    [{ titles: {} }],
    [{ seniority: ['squad lead'] }],
  ])('refuses %j', (input) => {
    expect(titlesSchema.safeParse(input).success).toBe(false);
  });

  test('takes phrases as people write them', () => {
    expect(titlesSchema.parse({ seniority: { ' Squad Lead ': 'manager' } }).seniority).toEqual({
      'squad lead': 'manager',
    });
  });

  test('can be described to an editor, each key with an example', () => {
    const schema = z.toJSONSchema(titlesSchema, { target: 'draft-7', io: 'input' });
    expect(Object.keys(schema.properties ?? {})).toEqual(['seniority', 'function']);
    for (const key of Object.values(schema.properties ?? {})) expect(key).toHaveProperty('examples');
  });
});
