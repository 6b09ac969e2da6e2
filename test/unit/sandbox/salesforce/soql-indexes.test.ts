import { expect, it } from 'vitest';
import { SECOND } from '../../../../src/base/clock.ts';
import { createRandom } from '../../../../src/sandbox/population/random.ts';
import type { SalesforceRecord } from '../../../../src/sandbox/salesforce/org/record.ts';
import { evaluate } from '../../../../src/sandbox/salesforce/soql/evaluate.ts';
import { newOrg } from './new-org.ts';

const text = (time: number) => new Date(time).toISOString();

it.each([1, 2, 3])('what an index finds is what looking at every record finds (history %i)', async (seed) => {
  const { org, people, clock } = newOrg();
  const random = createRandom(seed, 0);
  const leads: SalesforceRecord[] = [];
  const emails = ['a@x.example', 'B@x.example', 'c@x.example'];
  const start = clock.now();

  const expectSame = (where: string, passes: (lead: SalesforceRecord) => boolean, order = '') => {
    const found = evaluate(org, `SELECT Id FROM Lead WHERE ${where} ${order}`, { user: undefined, all: true }).csv();
    const wanted = leads.filter((lead) => !lead.isPurged && passes(lead));
    if (order !== '') wanted.sort((a, b) => a.systemModstamp - b.systemModstamp || a.index - b.index);
    expect(order === '' ? found.flat().sort() : found.flat()).toEqual(wanted.map(({ id }) => id));
  };

  for (let step = 0; step < 1_500; step++) {
    const lead = leads.length === 0 ? undefined : random.pick(leads);
    if (lead === undefined || random.chance(0.4)) leads.push(people.createLead({ Email: random.pick(emails) }));
    else if (!lead.isPurged && !lead.isDeleted) {
      if (random.chance(0.05)) people.remove(lead.id);
      else people.change(lead.id, { Email: random.pick(emails) });
    } else if (random.chance(0.1)) people.purge(lead.id);
    if (random.chance(0.3)) await clock.advance(SECOND);
    if (step % 50 !== 0) continue;
    const at = start + random.whole(step + 1) * 300;
    const from = Math.floor(at / SECOND) * SECOND;
    const pivot = random.pick(leads);
    const wanted = random.pick(emails);
    expectSame(`SystemModstamp >= ${text(from)}`, (one) => one.systemModstamp >= from, 'ORDER BY SystemModstamp, Id');
    expectSame(
      `SystemModstamp > ${text(from)} OR (SystemModstamp = ${text(from)} AND Id > '${pivot.id}')`,
      (one) => one.systemModstamp > from || (one.systemModstamp === from && one.id > pivot.id),
      'ORDER BY SystemModstamp ASC, Id ASC',
    );
    expectSame(
      `Id >= '${pivot.id}' AND SystemModstamp < ${text(from)}`,
      (one) => one.id >= pivot.id && one.systemModstamp < from,
    );
    expectSame(`Email = '${wanted}'`, (one) => one.get('Email') === wanted);
    expectSame(`Email = '${wanted}' OR Id IN ('${pivot.id}')`, (one) => one.get('Email') === wanted || one === pivot);
    expectSame(`NOT (Email = '${wanted}')`, (one) => one.get('Email') !== wanted);
  }
});
