import { describe, expect, it } from 'vitest';
import { soundsLater } from '../../../src/analysis/later-words.ts';
import { leakageOf, tooGoodToBeTrue } from '../../../src/analysis/leakage.ts';
import { sourceFacts } from '../../../src/analysis/source-facts.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { historyOf, randomLeads } from './random-leads.ts';

describe('columns that know the outcome', () => {
  it('are named where one alone is better than a sign of a purchase to come can be', () => {
    expect(leakageOf([{ name: 'Tags', auc: 0.947 }])).toEqual([
      '"Tags" alone tells a buyer from another lead 94 times in 100, as nothing does that is known before a purchase: ' +
        'it was likely filled in with the outcome or after it. Leave it out: --ignore "Tags"',
    ]);
    expect(leakageOf([{ name: 'Country', auc: 0.9 }])).toEqual([]);
  });

  it('are believed where they are points, as good as several signs are together', () => {
    expect(leakageOf([{ name: 'Points', auc: 0.947, isQuestion: true }], 'points')).toEqual([]);
    expect(leakageOf([{ name: 'Points', auc: 0.96, isQuestion: true }], 'points')[0]).toMatch(
      /^"Points" alone tells .* 96 times in 100, .* Leave it out of the points\.$/,
    );
  });

  it('are named also where one says who does not buy', () => {
    expect(leakageOf([{ name: 'Why not', auc: 0.04 }])[0]).toContain(
      '"Why not" alone tells a buyer from another lead 96 times in 100',
    );
  });

  it('are named where one is filled in mostly for buyers, or mostly for others', () => {
    expect(leakageOf([{ name: 'Shoe size', auc: 0.8, filledForBuyers: 0.62, filledForOthers: 0.043 }])).toEqual([
      '"Shoe size" is filled in mostly for buyers: for 62% of the buyers and 4.3% of the others. ' +
        'Unless it was so before the outcome, leave it out: --ignore "Shoe size"',
    ]);
    const [other] = leakageOf([{ name: 'Why not', auc: 0.7, filledForBuyers: 0, filledForOthers: 0.4 }]);
    expect(other).toContain('mostly for those who did not buy: for 0% of the buyers and 40% of the others');
  });

  it('are not suspected for a form that asks buyers a little more, or for a handful of leads', () => {
    const fields = [
      { name: 'Phone', auc: 0.6, filledForBuyers: 0.8, filledForOthers: 0.45 },
      { name: 'Fax', auc: 0.51, filledForBuyers: 0.06, filledForOthers: 0.01 },
    ];
    expect(leakageOf(fields)).toEqual([]);
  });

  it('are named where their values changed once the leads had bought', () => {
    const changedAfter = { buyers: 30, ofBuyers: 100, others: 20, ofOthers: 1_000 };
    expect(leakageOf([{ name: 'Employees', auc: 0.6, changedAfter }])).toEqual([
      '"Employees" was changed for 30 of 100 buyers with the outcome or within a month after it, and for 20 of 1,000 others in as long a ' +
        'time: what it says today comes of the purchase, and does not foretell it. Leave it out: --ignore "Employees"',
    ]);
    expect(leakageOf([{ name: 'Employees', auc: 0.6, changedAfter }], 'model')[0]).toMatch(
      /Leave it out of the model\.$/,
    );
  });

  it.each([
    ['changes for others nearly as often', { buyers: 60, ofBuyers: 100, others: 400, ofOthers: 1_000 }],
    ['changes for hardly any buyer', { buyers: 8, ofBuyers: 100, others: 0, ofOthers: 1_000 }],
    ['was changed for a few of very few buyers', { buyers: 2, ofBuyers: 8, others: 5, ofOthers: 80 }],
    ['changes less often for buyers', { buyers: 0, ofBuyers: 100, others: 400, ofOthers: 1_000 }],
  ])('are not suspected where one %s', (_, changedAfter) => {
    expect(leakageOf([{ name: 'Employees', auc: 0.6, changedAfter }])).toEqual([]);
  });

  it('are not suspected of many that change by chance', () => {
    const random = seededRandom(3);
    const hits = (of: number, rate: number) => Array.from({ length: of }, random).filter((one) => one < rate).length;
    const columns = Array.from({ length: 200 }, (_, place) => ({
      name: `Field ${place}`,
      auc: 0.5,
      changedAfter: { buyers: hits(40, 0.1), ofBuyers: 40, others: hits(400, 0.1), ofOthers: 400 },
    }));
    expect(leakageOf(columns)).toEqual([]);
  });

  it('are asked about where only their names say so, all in one sentence', () => {
    const columns = [
      { name: 'Last Activity', auc: 0.7 },
      { name: 'Lead Quality', auc: 0.82 },
      { name: 'Country', auc: 0.8 },
      { name: 'Activity Score', auc: 0.51 },
    ];
    expect(leakageOf(columns)).toEqual([
      '"Lead Quality" and "Last Activity" sound like something that sales, time or another score fill in later. Unless it was there before ' +
        'the outcome, leave them out: --ignore "Lead Quality,Last Activity"',
    ]);
  });

  it('leave what a model asks for to its own name only where the name tells nothing, and its field is not named already', () => {
    const asks = { isQuestion: true, fields: ['stage'] } as const;
    const won = { name: 'won-stage', auc: 0.97, ...asks };
    expect(leakageOf([won])[0]).toContain(
      'it likely came with the outcome or after it. Leave it out: --ignore "won-stage"',
    );
    expect(leakageOf([won, { name: 'Stage', auc: 0.98, fields: ['stage'] }])).toEqual([
      expect.stringMatching(/^"Stage" alone/),
    ]);
    expect(leakageOf([{ name: 'last-visit-score', auc: 0.8, isQuestion: true }])).toEqual([]);
  });

  it('are written so that the advice can be followed', () => {
    expect(leakageOf([{ name: 'Form submission: Thanks, buyer', auc: 0.95, isQuestion: true }])[0]).toMatch(
      /--ignore "Form submission: Thanks\*"$/,
    );
  });

  it('come once each, the surest first', () => {
    const found = leakageOf([
      { name: 'Stage', auc: 0.93, filledForBuyers: 1, filledForOthers: 0 },
      { name: 'Status', auc: Number.NaN },
      { name: 'Tags', auc: 0.98 },
    ]);
    expect(found.map((sentence) => /"([^"]+)"/.exec(sentence)?.[1])).toEqual(['Tags', 'Stage', 'Status']);
  });

  it('are none where there are no columns', () => {
    expect(leakageOf([])).toEqual([]);
  });
});

describe('the name of a column', () => {
  it.each([
    'Tags',
    'Lead Quality',
    'Lead Profile',
    'Last Notable Activity',
    'Asymmetrique Activity Index',
    'hs_lead_status',
    'lastActivityDate',
    'Closed-Won Reason',
    'Deal Stage',
  ])('%s sounds like something filled in later', (name) => {
    expect(soundsLater(name)).toBe(true);
  });

  it.each([
    'Lead Source',
    'Lead Origin',
    'TotalVisits',
    'What is your current occupation',
    'Do Not Call',
    'I agree to pay the amount through cheque',
    'Lastname',
    'Enclosed brochure',
    'Job title',
    'Industry',
  ])('%s does not', (name) => {
    expect(soundsLater(name)).toBe(false);
  });
});

describe('an AUC that is too good to be true', () => {
  it('is said to be so', () => {
    expect(tooGoodToBeTrue(0.982)).toContain('An AUC of 0.982 is too good to be true');
    expect(tooGoodToBeTrue(0.87)).toBeUndefined();
    expect(tooGoodToBeTrue(Number.NaN)).toBeUndefined();
  });
});

describe('what the sources of a history tell alone', () => {
  const random = seededRandom(62);
  const { bought } = randomLeads(61, { count: 2_000 });
  const dice = Uint8Array.from(bought, () => Math.floor(random() * 6));
  const isFilled = Uint8Array.from(bought, (each) => (random() < (each === 1 ? 0.9 : 0.2) ? 1 : 0));
  const history = historyOf(bought, [
    { source: 'Dice', holds: (lead) => dice[lead] === 1 },
    { source: 'Dice', holds: (lead) => dice[lead] === 2 },
    { source: 'Tags', holds: (lead) => bought[lead] === 1 && dice[lead] !== 5 },
    { source: 'Tags', holds: (lead) => bought[lead] === 0 },
    { source: 'Note', when: { field: 'note', in: ['', 'Select'] }, holds: (lead) => isFilled[lead] === 0 },
    { source: 'Note', when: { field: 'note', is: 'long' }, holds: (lead) => isFilled[lead] === 1 && dice[lead] === 0 },
    { source: 'Product', when: { field: 'product', in: ['', 'platform'] }, holds: (lead) => dice[lead] === 3 },
  ]);
  const facts = new Map(sourceFacts(history).map((fact) => [fact.name, fact]));

  it('is measured for all features of a source together', () => {
    expect([...facts.keys()]).toEqual(['Dice', 'Tags', 'Note', 'Product']);
    expect(facts.get('Dice')?.auc).toBeCloseTo(0.5, 1);
    expect(facts.get('Tags')?.auc).toBeGreaterThan(0.99);
    expect(facts.get('Note')?.auc).toBeGreaterThan(0.8);
  });

  it('has who a source is filled in for, where a feature asks for those without a value and nothing else', () => {
    expect(facts.get('Note')?.filledForBuyers).toBeCloseTo(0.9, 1);
    expect(facts.get('Note')?.filledForOthers).toBeCloseTo(0.2, 1);
    expect(facts.get('Dice')).not.toHaveProperty('filledForBuyers');
    expect(facts.get('Product')).not.toHaveProperty('filledForBuyers');
  });

  it('is measured of each question of a model and of each thing that was done for itself', () => {
    const alone = sourceFacts(
      historyOf(bought, [
        { id: 'dice', source: 'Noise', points: 5, holds: (lead) => dice[lead] === 1 },
        {
          id: 'knows',
          source: 'Noise',
          points: 5,
          when: { field: 'tags', is: 'won' },
          holds: (lead) => bought[lead] === 1,
        },
        {
          source: 'Page view',
          name: 'Page view, any',
          when: { activity: 'page-view' },
          holds: (lead) => dice[lead] === 2,
        },
        {
          source: 'Page view',
          name: 'Page view: /welcome',
          when: { activity: 'page-view', url: '/welcome' },
          holds: (lead) => bought[lead] === 1 && dice[lead] !== 0,
        },
        // Two in one say less than either: a site of many pages has a mixture of its own for each lead.
        ...Array.from({ length: 40 }, (_, page) => ({
          source: 'Page view',
          name: `Page view: /${page}`,
          when: { activity: 'page-view', url: `/${page}` },
          holds: (lead: number) => (lead * 7919 + page * 104_729) % 5 < 2,
        })),
      ]),
    );
    const named = alone
      .filter(({ auc }) => auc > 0.9)
      .map(({ name, isQuestion, fields }) => ({ name, isQuestion, fields }));
    expect(named).toEqual([
      { name: 'knows', isQuestion: true, fields: ['tags'] },
      { name: 'Page view: /welcome', isQuestion: true, fields: undefined },
    ]);
    expect(alone.map(({ name }) => name)).toEqual(expect.arrayContaining(['dice', 'Page view']));
  });

  it('says for whom a field was changed, also of one that a model asks for and that held nothing before', () => {
    const changedAfter = { buyers: 50, ofBuyers: 60, others: 2, ofOthers: 600 };
    const changed = new Map([
      ['note', changedAfter],
      ['time_frame', changedAfter],
      ['unasked', changedAfter],
    ]);
    const told = sourceFacts(history, { changed, asked: ['time_frame', 'elsewhere'] });
    expect(told.filter((fact) => fact.changedAfter !== undefined)).toMatchObject([
      { name: 'Note', changedAfter },
      { name: 'Time frame', auc: 0.5, fields: ['time_frame'], changedAfter },
    ]);
  });

  it('is enough to warn by', () => {
    const warnings = leakageOf(sourceFacts(history));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('"Tags" alone');
    expect(warnings[1]).toContain('"Note" is filled in mostly for buyers');
  });
});
