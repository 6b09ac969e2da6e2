import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import { ConfigError } from '../../../src/base/errors.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import { type Config, loadConfig } from '../../../src/settings/config.ts';
import { NO_SALES, type Sales } from '../../../src/settings/sales.ts';

/** The config of this repository with this file in the place of its own; with none where there is no text. */
function configWith(yaml: string | undefined): { readonly dir: string; load(): Config } {
  const dir = mkdtempSync(join(tmpdir(), 'leadgauge-sales-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  cpSync('config', dir, { recursive: true });
  rmSync(join(dir, 'sales.yaml'));
  if (yaml !== undefined) writeFileSync(join(dir, 'sales.yaml'), yaml);
  return { dir, load: () => loadConfig(dir) };
}

const salesOf = (yaml: string): Sales => configWith(yaml).load().sales;

function problemsOf(yaml: string): string[] {
  const { dir, load } = configWith(yaml);
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(`${dir}/`, '').split('\n');
    throw error;
  }
}

function warningsOf(yaml: string): string[] {
  return configWith(yaml)
    .load()
    .warnings.map(({ line, message }) => `${line}: ${message}`);
}

const lead = (fields: Lead['fields']): Lead => ({ id: '1', formerIds: [], emails: [], fields, createdAt: 0 });

describe('sales.yaml', () => {
  test('may be missing: owners are as they were, and nobody is told or waited for', () => {
    expect(configWith(undefined).load().sales).toEqual(NO_SALES);
  });

  test('may be empty: then every way to an owner is tried', () => {
    const sales = salesOf('# nothing yet\nowner: [existing, account, territory, round_robin]\n');
    expect(sales).toEqual({ ...NO_SALES, owner: ['existing', 'account', 'territory', 'round_robin'] });
    expect(salesOf('digest: off\n')).toEqual(sales);
  });

  test('says who is told what, and when', () => {
    const sales = salesOf(`follow_up: { escalate_after: 1h, escalate_to: Cy@Example.com, attempts: 3, over: 5d }
ceiling: { leads: 50, per: 30m }
notify: { slack: on, email: { from: "Leads <leads@example.com>" }, team: [Sales@example.com] }
digest: { at: "08:30" }
`);
    expect(sales).toMatchObject({
      followUp: { escalateAfter: HOUR, escalateTo: { email: 'cy@example.com' }, attempts: 3, over: 5 * DAY },
      ceiling: { leads: 50, per: 30 * MINUTE },
      notify: {
        slack: true,
        https: false,
        email: { from: 'Leads <leads@example.com>' },
        team: ['sales@example.com'],
      },
      digest: { at: 8 * 60 + 30 },
    });
  });

  test('switches things off, or leaves most of them out', () => {
    const sales = salesOf('follow_up: { escalate_after: off }\nceiling: off\n');
    expect(sales.followUp).toEqual({ escalateAfter: undefined, escalateTo: 'manager', attempts: 4, over: 10 * DAY });
    expect(sales.ceiling).toBeUndefined();
  });
});

describe('a territory', () => {
  test('asks about fields as models do', () => {
    const { territories } = salesOf(`territories:
  - { when: { field: country, country: [dach] }, owners: [Ann@example.com, bo@example.com] }
  - { when: { not: { field: country, country: [europe] } }, owners: [cy@example.com] }
`);
    const which = (country: string) => territories.map(({ holds }) => holds(lead({ country })));
    expect(which('Österreich')).toEqual([true, false]);
    expect(which('France')).toEqual([false, false]);
    expect(which('Japan')).toEqual([false, true]);
    expect(territories[0]?.owners).toEqual(['ann@example.com', 'bo@example.com']);
  });

  test('keeps its turns wherever it stands in the file', () => {
    const [dach, big] = [
      '  - { when: { field: country, country: [dach] }, owners: [ann@example.com] }\n',
      '  - { when: { field: employees, at_least: 1000 }, owners: [bo@example.com] }\n',
    ];
    const ids = (yaml: string) => salesOf(`territories:\n${yaml}`).territories.map(({ id }) => id);
    expect(ids(`${dach}${big}`)).toEqual(ids(`${big}${dach}`).reverse());
  });
});

describe('the hours of a person', () => {
  test('are those of everybody, but for what is said otherwise', () => {
    const { hours, people } = salesOf(`hours: { time_zone: Europe/Berlin, holidays: de }
holidays: { de: [2026-12-25], at: [2026-12-08, 2026-12-25] }
people:
  ann@example.com: { hours: { days: [mon, tue], to: "14:00" }, away: [{ from: 2026-12-21, to: 2027-01-03 }] }
  BO@example.com: { time_zone: America/New_York, holidays: at }
  cy@example.com:
    # Nothing yet.
`);
    const usual = { days: new Set(['mon', 'tue', 'wed', 'thu', 'fri']), from: 540, to: 1020 };
    expect(hours).toEqual({ ...usual, timeZone: 'Europe/Berlin', holidays: new Set(['2026-12-25']), away: [] });
    expect(people.get('ann@example.com')?.hours).toEqual({
      days: new Set(['mon', 'tue']),
      from: 540,
      to: 840,
      holidays: new Set(['2026-12-25']),
      away: [{ from: '2026-12-21', to: '2027-01-03' }],
    });
    expect(people.get('bo@example.com')).toMatchObject({
      timeZone: 'America/New_York',
      hours: { ...usual, holidays: new Set(['2026-12-08', '2026-12-25']) },
    });
    expect(people.get('cy@example.com')?.hours).toBeUndefined();
  });

  test('are around the clock where nobody says any, but while they are away', () => {
    const { hours, people } = salesOf(
      'people:\n  ann@example.com: { away: [{ from: 2026-12-21, to: 2026-12-21 }] }\n  bo@example.com: { slack: U012AB3CD }\n',
    );
    expect(hours).toBeUndefined();
    expect(people.get('ann@example.com')?.hours).toMatchObject({ from: 0, to: 1440 });
    expect(people.get('bo@example.com')).toMatchObject({ hours: undefined, slack: 'U012AB3CD' });
  });
});

describe('what is wrong with sales.yaml is told where it stands', () => {
  const PEOPLE = 'people:\n  ann@example.com: ';
  test.each([
    ['owner: [territorry]', '1:9 "territorry" is not allowed for entry 1 of "owner": did you mean "territory"?'],
    ['hours: { from: 9am }', '1:16 "9am" is no time of the day: write one such as "09:00", from "00:00" to "24:00"'],
    ['hours: { from: "17:00", to: "09:00" }', '1:29 "to" must be later than "from": write "24:00" for midnight'],
    ['hours: { days: [] }', '1:16 "days" must have at least 1 entry'],
    ['hours: { time_zone: Europe/Belrin }', '1:21 "Europe/Belrin" is no time zone: did you mean "Europe/Berlin"?'],
    ['hours: { holidays: de }', '1:20 "holidays" has no calendar "de": write its dates there'],
    [
      'hours: { holidays: dee }\nholidays: { de: [2026-12-25] }',
      '1:20 "holidays" has no calendar "dee": did you mean "de"?',
    ],
    ['holidays: { de: [2026-02-30] }', '1:18 "2026-02-30" is no date: write one such as 2026-12-25'],
    [
      `${PEOPLE}{ away: [{ from: 2026-12-24, to: 2026-12-23 }] }`,
      '2:53 this is before "from": write the first day away, then the last one',
    ],
    [
      `${PEOPLE}{ hours: { to: "08:00" } }`,
      '2:35 they work from 09:00 to 08:00: "to" must be later; write "24:00" for midnight',
    ],
    [
      `${PEOPLE}{ slack: "@ann" }`,
      '2:29 "slack" is "@ann": write the member id that Slack shows in their profile under "Copy member ID", such as U012AB3CD',
    ],
    [
      `${PEOPLE}{ slack: U012AB3CD }\n  Ann@Example.com: {}`,
      '3:20 this person is here twice: put all of it in one place',
    ],
    [
      'territories: [{ when: { field: contry, country: [de] }, owners: [ann@example.com] }]',
      '1:32 hubspot.yaml has no field "contry": did you mean "country"?',
    ],
    [
      'territories: [{ when: { persona: engineer }, owners: [ann@example.com] }]',
      '1:34 a persona cannot be asked for here: it is one model that has it',
    ],
    [
      'territories: [{ when: { activity: page-view }, owners: [ann@example.com] }]',
      '1:23 an activity cannot stand here: only questions about fields can',
    ],
    [
      'territories: [{ when: { field: country, country: [dach] }, owners: [ann] }]',
      '1:69 entry 1 of "owners" is "ann": write an e-mail address, such as ann@example.com',
    ],
    [
      'territories: [{ when: { field: country, country: [dach] }, owners: [ann@example.com, Ann@example.com] }]',
      '1:86 entry 2 of owners is the same owner as entry 1: keep one of them',
    ],
    [
      'territories:\n  - { when: { field: country, country: [dach] }, owners: [ann@example.com] }\n  - { when: { field: country, country: [dach] }, owners: [bo@example.com] }',
      '3:13 this asks what an earlier territory asks, so that nobody ever comes here: put the owners there (the first is in line 2)',
    ],
    ['follow_up: { escalate_to: manger }', '1:27 "escalate_to" cannot be "manger": did you mean "manager"?'],
    [
      'follow_up: { escalate_to: sales }',
      '1:27 "escalate_to" cannot be "sales": write manager, reassign or an e-mail address',
    ],
    [
      'follow_up: on',
      '1:12 "follow_up" must be keys with values or "off", not "on": such as { escalate_after: 30m, escalate_to: manager, attempts: 4, over: 10d }',
    ],
    [
      'notify: { email: { from: Leads } }',
      '1:26 "from" is "Leads": write an e-mail address, or a name with one between < and > after it',
    ],
    ['digest: { at: "8" }', '1:15 "8" is no time of the day: write one such as "09:00", from "00:00" to "24:00"'],
    ['escalate_to: manager', '1:1 "escalate_to" does not belong here but in "follow_up": indent it as the lines there'],
  ])('%s', (yaml, problem) => {
    expect(problemsOf(`${yaml}\n`)).toEqual([`sales.yaml:${problem}`]);
  });
});

describe('what is likely wrong is warned of', () => {
  test('territories that no way leads to', () => {
    const yaml =
      'owner: [existing]\nterritories: [{ when: { field: country, country: [dach] }, owners: [ann@example.com] }]\n';
    expect(warningsOf(yaml)).toEqual(['2: nobody gets a lead by these: "owner" above does not name territory']);
  });

  test('a digest that goes nowhere', () => {
    expect(warningsOf('digest: { at: "08:00" }\n')).toEqual([
      '1: nobody gets this: switch on email, slack or https under "notify"',
    ]);
    expect(warningsOf('digest: { at: "08:00" }\nnotify: { slack: on }\n')).toEqual([]);
  });
});
