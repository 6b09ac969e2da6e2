import { describe, expect, test } from 'vitest';
import { WEEKDAYS, type WorkingHours } from '../../../src/base/working-hours.ts';
import type { Owner } from '../../../src/crm/crm.ts';
import type { Person } from '../../../src/settings/sales.ts';
import type { OwnerDirectory } from '../../../src/sync/owner-directory.ts';
import { addresseeOf, hoursOf, hoursOfOwner, managerOf, timeZoneOf } from '../../../src/sync/sales-people.ts';

const OFFICE: WorkingHours = {
  timeZone: 'Europe/Berlin',
  days: new Set(WEEKDAYS.slice(0, 5)),
  from: 540,
  to: 1020,
  holidays: new Set(),
  away: [],
};
const PERSON: Person = { timeZone: undefined, hours: undefined, manager: undefined, slack: undefined };
const ANN: Owner = { id: '1', email: 'ann@example.com', isActive: true };

const sales = (person: Partial<Person> | undefined, hours: WorkingHours | undefined = OFFICE) => ({
  hours,
  people: new Map(person === undefined ? [] : [['ann@example.com', { ...PERSON, ...person }]]),
});

/** The users of a CRM; whoever must not ask for them gets none. */
function directoryOf(owners: readonly Owner[] | undefined): OwnerDirectory {
  const all = async () => {
    if (owners === undefined) throw new Error('the CRM was asked');
    return owners;
  };
  return {
    all,
    byId: async (id) => (await all()).find((owner) => owner.id === id),
    byEmail: async (email) => (await all()).find((owner) => owner.email === email),
  };
}

describe('the time zone of somebody', () => {
  test.each([
    ['is the one in config', { timeZone: 'Asia/Tokyo' }, 'America/New_York', 'Asia/Tokyo'],
    ['else the one in the CRM', {}, 'America/New_York', 'America/New_York'],
    ['else that of everybody', {}, undefined, 'Europe/Berlin'],
    ['and what is none in the CRM is passed over', undefined, '(GMT+01:00) Berlin', 'Europe/Berlin'],
  ])('%s', (_, person, timeZone, expected) => {
    const owner = { ...ANN, ...(timeZone !== undefined && { timeZone }) };
    expect(timeZoneOf(sales(person), owner)).toBe(expected);
    expect(hoursOf(sales(person), owner)).toEqual({ ...OFFICE, timeZone: expected });
  });

  test('is UTC where nobody says any', () => {
    const { timeZone: _, ...hours } = { ...OFFICE, to: 720 };
    const own = { hours: undefined, people: new Map([['ann@example.com', { ...PERSON, hours }]]) };
    expect(hoursOf(own, ANN)).toEqual({ ...OFFICE, to: 720, timeZone: 'UTC' });
  });
});

describe('hours', () => {
  test('of an owner whom nobody knows are those of everybody', async () => {
    expect(hoursOf(sales(undefined), undefined)).toEqual(OFFICE);
    expect(await hoursOfOwner(sales(undefined), directoryOf([]), '7')).toEqual(OFFICE);
  });

  test('are found without asking the CRM where nobody has any', async () => {
    const none = { hours: undefined, people: new Map([['ann@example.com', PERSON]]) };
    expect(await hoursOfOwner(none, directoryOf(undefined), '1')).toBeUndefined();
  });

  test('of one person alone hold for nobody else', async () => {
    const { timeZone: _, ...hours } = OFFICE;
    const own = { hours: undefined, people: new Map([['ann@example.com', { ...PERSON, hours }]]) };
    const directory = directoryOf([ANN, { id: '2', email: 'bo@example.com', isActive: true }]);
    expect(await hoursOfOwner(own, directory, '1')).toEqual({ ...OFFICE, timeZone: 'UTC' });
    expect(await hoursOfOwner(own, directory, '2')).toBeUndefined();
  });
});

describe('the manager of somebody', () => {
  const cy: Owner = { id: '3', email: 'cy@example.com', isActive: true };

  test.each([
    ['is the one in config', { manager: 'cy@example.com' }, '9', { ownerId: '3', email: 'cy@example.com' }],
    ['who need not be a user of the CRM', { manager: 'eve@example.com' }, '3', { email: 'eve@example.com' }],
    ['is else the one in the CRM', {}, '3', { ownerId: '3', email: 'cy@example.com' }],
    ['is nobody who left', {}, '4', undefined],
    ['is nobody where nobody says', {}, undefined, undefined],
  ])('%s', async (_, person, managerId, expected) => {
    const directory = directoryOf([ANN, cy, { id: '4', email: 'dee@example.com', isActive: false }]);
    const owner = { ...ANN, ...(managerId !== undefined && { managerId }) };
    expect(await managerOf(sales(person), directory, owner)).toEqual(expected);
  });

  test('who left the CRM has but an address', async () => {
    const left = { id: '4', email: 'dee@example.com', isActive: false };
    expect(await addresseeOf(directoryOf([left]), 'dee@example.com')).toEqual({ email: 'dee@example.com' });
  });
});
