import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import type { Column } from '../../../../src/analysis/table/column.ts';
import { readOutcomes } from '../../../../src/analysis/table/outcome.ts';
import { tableHistory } from '../../../../src/analysis/table/table-history.ts';
import { withoutTwins } from '../../../../src/analysis/table/without-twins.ts';
import type { Lead } from '../../../../src/leads/lead.ts';
import { compileModel } from '../../../../src/scoring/compile-model.ts';
import { modelSchema } from '../../../../src/scoring/model-schema.ts';
import { scoreLead } from '../../../../src/scoring/score-lead.ts';
import { givenColumn, repeated } from './given-table.ts';

const LEADS = 400;

function historyOf(...columns: readonly Column[]) {
  const outcomes = readOutcomes(givenColumn(repeated(LEADS, (place) => (place % 4 === 0 ? 1 : 0))), 'leads.csv');
  return tableHistory({ outcomes, columns, date: undefined });
}

const namesOf = (...columns: readonly Column[]) => historyOf(...columns).features.map(({ name }) => name);

describe('what a table tells of its leads', () => {
  it('are the common values of a column, and that it has none', () => {
    const cells = repeated(
      LEADS,
      (place) => ['Web', 'web ', 'Fair', 'Select', '', place < 30 ? 'Zeppelin' : 'Partner'][place % 6]!,
    );
    expect(historyOf(givenColumn(cells, 'Lead Source')).features).toEqual([
      expect.objectContaining({
        id: 'lead-source-is-web',
        name: 'Lead Source is Web',
        source: 'Lead Source',
        dimension: 'fit',
      }),
      expect.objectContaining({ when: { field: 'lead_source', is: 'Fair' } }),
      expect.objectContaining({ when: { field: 'lead_source', is: 'Partner' } }),
      expect.objectContaining({ name: 'Lead Source is not known', when: { field: 'lead_source', in: ['', 'Select'] } }),
    ]);
  });

  it('are for ranges where they begin, as a model takes them', () => {
    const sizes = ['1-10', '11-50', '51-200', '1,000+', ''];
    const { features, leadsOf } = historyOf(
      givenColumn(
        repeated(LEADS, (place) => sizes[place % 5]!),
        'Employees',
      ),
    );
    const steps = features.flatMap(({ name, when }, place) =>
      name.endsWith('or more') ? [{ name, when, leads: leadsOf[place]?.length }] : [],
    );
    expect(steps).toEqual([
      { name: 'Employees is 11 or more', when: { field: 'employees', at_least: 11 }, leads: 240 },
      { name: 'Employees is 50 or more', when: { field: 'employees', at_least: 50 }, leads: 160 },
      { name: 'Employees is 1000 or more', when: { field: 'employees', at_least: 1000 }, leads: 80 },
    ]);
    expect(features.map(({ name }) => name)).toContain('Employees is 11-50');
    // Words with a number in them are no ranges.
    const rooms = givenColumn(
      repeated(LEADS, (place) => ['Room 1', 'Room 2', 'Hall', 'Yard'][place % 4]!),
      'Place',
    );
    expect(namesOf(rooms).filter((name) => name.endsWith('or more'))).toEqual([]);
  });

  it('is one of two values that all have, the rarer', () => {
    expect(
      namesOf(
        givenColumn(
          repeated(LEADS, (place) => (place % 3 === 0 ? 'Yes' : 'No')),
          'News',
        ),
      ),
    ).toEqual(['News is Yes']);
  });

  it('are steps of numbers, each by the side of fewer leads; what people did is engagement', () => {
    const column = givenColumn(
      repeated(LEADS, (place) => (place % 2 === 0 ? 0 : place)),
      'TotalVisits',
    );
    const { features } = historyOf(column);
    expect(features[0]).toMatchObject({
      name: 'TotalVisits is 1 or more',
      when: { field: 'totalvisits', at_least: 1 },
    });
    expect(features.every(({ dimension }) => dimension === 'engagement')).toBe(true);
    const ages = historyOf(
      givenColumn(
        repeated(LEADS, (place) => 20 + (place % 40)),
        'Age',
      ),
    ).features;
    expect(ages[0]).toMatchObject({ name: 'Age is 29 or less', when: { field: 'age', at_most: 29 } });
    expect(ages.at(-1)).toMatchObject({ name: 'Age is 50 or more', dimension: 'fit' });
  });

  it('is nothing where a column is empty, or another one for each lead, but that it is filled in', () => {
    const none = givenColumn(
      repeated(LEADS, () => ''),
      'Fax',
    );
    const ids = givenColumn(
      repeated(LEADS, (place) => `p${place}@example.com`),
      'Email',
    );
    const some = givenColumn(
      repeated(LEADS, (place) => (place % 3 === 0 ? '' : `+49 30 ${place * 7}`)),
      'Mobile phone',
    );
    expect(namesOf(none, ids, some)).toEqual(['Mobile phone is not known']);
  });

  it('is asked so that the model says yes to the very same leads', () => {
    const random = seededRandom(9);
    const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
    const cells: Record<string, string[]> = {
      'Lead Source': repeated(LEADS, () => pick(['Web', ' web', 'No', 'Fair & more', 'N/A', 'unknown', ''])),
      'Page Views': repeated(LEADS, () => pick(['', 'NA', '1,200', '0', '7', `${Math.floor(random() * 90)}`])),
      Hours: repeated(LEADS, () => (random() * 9).toFixed(2)),
      Size: repeated(LEADS, () => pick(['1-10', '11-50', '51+', ''])),
      Agreed: repeated(LEADS, () => pick(['TRUE', 'false', 'false'])),
    };
    const columns = Object.entries(cells).map(([name, all]) => givenColumn(all, name));
    const { features, leadsOf } = historyOf(...columns);
    expect(features.length).toBeGreaterThan(12);
    for (const [place, { when, id }] of features.entries()) {
      const model = modelOf(id, when);
      const held = repeated(LEADS, String)
        .map(Number)
        .filter((row) => scoreLead(model, leadIn(row), [], 0).total > 0);
      expect({ id, held }).toEqual({ id, held: [...leadsOf[place]!] });
    }

    function leadIn(row: number): Lead {
      const fields = columns.flatMap(({ name, field }) => {
        const text = cells[name]![row]!.trim();
        return text === '' ? [] : [[field, text]];
      });
      return { id: '1', formerIds: [], emails: [], fields: Object.fromEntries(fields), createdAt: 0 };
    }
  });

  it('of what holds for the same leads, is one', () => {
    const empty = (name: string) =>
      givenColumn(
        repeated(LEADS, (place) => (place % 3 === 0 ? '' : ['a', 'b'][place % 2]!)),
        name,
      );
    const history = historyOf(empty('Index'), empty('Score'));
    expect(history.features.length).toBe(6);
    expect(withoutTwins(history).features.map(({ name }) => name)).toEqual([
      'Index is b',
      'Index is a',
      'Index is not known',
    ]);
  });
});

function modelOf(id: string, when: unknown) {
  const nobody = {
    max: 1,
    groups: [{ name: 'None', criteria: [{ id: 'none', when: { field: 'none', exists: true }, points: 1 }] }],
  };
  const source = modelSchema.parse({
    model: 'one',
    name: 'One question',
    fit: { max: 1, groups: [{ name: 'One', criteria: [{ id, when, points: 1 }] }] },
    engagement: { ...nobody, window: '30d' },
    grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } },
    lifecycle: { mql: { fit: 1, engagement: 0 } },
  });
  return compileModel(source, { lists: new Map(), titles: { seniority: {}, function: {} } });
}
