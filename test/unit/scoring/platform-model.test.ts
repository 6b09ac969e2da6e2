import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DAY } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { parseList } from '../../../src/leads/lists.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { modelSchema } from '../../../src/scoring/model-schema.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { leadOf, NOW, submission, view } from './model.ts';

const config = new URL('../../../config/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, config), 'utf8');
const lists = new Map(
  readdirSync(new URL('lists/', config)).map((file) => [file.replace(/\.txt$/, ''), parseList(read(`lists/${file}`))]),
);
const model = compileModel(modelSchema.parse(parse(read('models/platform.yaml'))), { lists });

const DIRECTOR = {
  email: 'ann@acme.com',
  company: 'Acme',
  job_title: 'Director of Marketing',
  employees: '100-500',
  country: 'Spain',
};

function score(fields: Record<string, string>, ...activities: Activity[]) {
  return scoreLead(model, leadOf(fields), activities, NOW);
}

describe('the starter model', () => {
  test('makes an MQL of a director of a fitting company who looked at prices this week', () => {
    expect(
      score(DIRECTOR, view('/pricing', DAY), view('/pricing/compare', 3 * DAY), view('/product', DAY)),
    ).toMatchObject({ mql: true, grade: 'B3' });
  });

  test('makes none of the same director half a year on, nor of one who did nothing', () => {
    const seen = [view('/pricing', DAY), view('/pricing/compare', 3 * DAY), view('/product', DAY)];
    expect(scoreLead(model, leadOf(DIRECTOR), seen, NOW + 170 * DAY).mql).toBe(false);
    expect(score(DIRECTOR).mql).toBe(false);
  });

  test('makes none of a busy intern, a student or a competitor', () => {
    const busy = [view('/pricing', DAY), view('/pricing', 2 * DAY), submission('ebook'), submission('webinar')];
    expect(score({ ...DIRECTOR, job_title: 'Intern', employees: '7' }, ...busy).mql).toBe(false);
    expect(score({ email: 'ann@cs.mit.edu', company: 'MIT' }, ...busy)).toMatchObject({
      mql: false,
      flags: ['student'],
    });
    expect(score({ ...DIRECTOR, email: 'ann@eu.rivalmetrics.example' }, ...busy)).toMatchObject({
      fit: 0,
      mql: false,
      flags: ['competitor'],
    });
  });

  test('takes a member of staff at a university for no student', () => {
    expect(score({ email: 'ann@mit.edu', job_title: 'Director of Libraries' }).flags).toStrictEqual([]);
    expect(score({ email: 'ann@gmail.com', job_title: 'PhD Student' }).flags).toStrictEqual([
      'personal-email',
      'student',
    ]);
  });

  test('flags a government and takes nothing away for it', () => {
    const { flags, reasons } = score({ email: 'ann@city.gov' });
    expect(flags).toStrictEqual(['government']);
    expect(reasons.every(({ points }) => points > 0)).toBe(true);
  });

  test('does not let a bad sign fade into a better score', () => {
    const jobs = [
      view('/careers/engineer', DAY, { id: '1' }),
      view('/pricing', DAY, { id: '2' }),
      submission('ebook', DAY, { id: '3' }),
    ];
    const days = Array.from(
      { length: 85 },
      (_, day) => scoreLead(model, leadOf(DIRECTOR), jobs, NOW + day * DAY).engagement,
    );
    expect(days).toStrictEqual(days.toSorted((one, other) => other - one));
    expect(score(DIRECTOR, ...jobs).flags).toStrictEqual(['careers-visitor']);
  });

  test('scores page views from counters alone', () => {
    const counted: Activity = { id: 'counter:others', type: 'page-view', at: NOW - DAY, count: 40 };
    expect(score(DIRECTOR, counted).engagement).toBe(10);
  });

  test('fast-tracks demo, trial and contact requests, of anybody', () => {
    const asked = ['demo-request', 'free-trial', 'contact-sales'].map((form) => submission(form));
    expect(score({}, ...asked, submission('ebook')).fastTracks.map(({ rule }) => rule)).toStrictEqual([
      'demo-request',
      'free-trial',
      'demo-request',
    ]);
    expect(model.fastTrackForms).toStrictEqual(['contact-sales', 'demo-request', 'free-trial']);
  });
});
