import { suggestion } from '../base/nearest-word.ts';
import { WEEKDAYS, type WorkingHours } from '../base/working-hours.ts';
import { normaliseEmail } from '../leads/email.ts';
import type { ModelPath, ModelProblem } from '../scoring/model-error.ts';
import type { Person } from './sales.ts';
import type { SalesSource } from './sales-schema.ts';

export interface CompiledPeople {
  /** Of whoever has none of their own. */
  readonly hours: WorkingHours | undefined;
  /** By their normalised addresses. */
  readonly people: ReadonlyMap<string, Person>;
  readonly problems: readonly ModelProblem[];
}

type Days = Pick<WorkingHours, 'days' | 'from' | 'to' | 'holidays'>;

/** Of somebody whose hours are said only in part, where nobody else's are said. */
const USUAL = { days: new Set(WEEKDAYS.slice(0, 5)), from: 9 * 60, to: 17 * 60 };
const AROUND_THE_CLOCK = { days: new Set(WEEKDAYS), from: 0, to: 24 * 60 };

/** When sales work: everybody, and each who works otherwise. */
export function compilePeople({ hours, holidays: calendars, people }: SalesSource): CompiledPeople {
  const problems: ModelProblem[] = [];
  const company = hours && {
    timeZone: hours.time_zone,
    days: new Set(hours.days),
    from: hours.from,
    to: hours.to,
    holidays: datesOf(hours.holidays, ['hours', 'holidays']),
    away: [],
  };
  const compiled = new Map<string, Person>();
  for (const [address, source] of Object.entries(people)) {
    const path = ['people', address];
    const email = normaliseEmail(address) ?? '';
    if (compiled.has(email)) problems.push({ path, message: 'this person is here twice: put all of it in one place' });
    compiled.set(email, compilePerson(source ?? { away: [] }, path));
  }
  return { hours: company, people: compiled, problems };

  function compilePerson(source: NonNullable<SalesSource['people'][string]>, path: ModelPath): Person {
    const { time_zone: timeZone, hours: own, holidays: names, away, manager, slack } = source;
    const others = company ?? (own === undefined ? AROUND_THE_CLOCK : USUAL);
    const holidays = names === undefined ? company?.holidays : datesOf(names, [...path, 'holidays']);
    const asOthers = own === undefined && names === undefined && away.length === 0;
    const days: Days = {
      days: own?.days === undefined ? others.days : new Set(own.days),
      from: own?.from ?? others.from,
      to: own?.to ?? others.to,
      holidays: holidays ?? new Set(),
    };
    if (days.from >= days.to) {
      const at = own?.to === undefined ? 'from' : 'to';
      const message = `they work from ${timeText(days.from)} to ${timeText(days.to)}: "to" must be later; write "24:00" for midnight`;
      problems.push({ path: [...path, 'hours', at], message });
    }
    return { timeZone, hours: asOthers ? undefined : { ...days, away }, manager: normaliseEmail(manager), slack };
  }

  function datesOf(names: readonly string[], path: ModelPath): ReadonlySet<string> {
    const known = Object.keys(calendars);
    for (const name of names.filter((each) => !Object.hasOwn(calendars, each))) {
      const hint = known.length === 0 ? ': write its dates there' : suggestion(name, known);
      problems.push({ path, message: `"holidays" has no calendar "${name}"${hint}` });
    }
    return new Set(names.flatMap((name) => (Object.hasOwn(calendars, name) ? (calendars[name] ?? []) : [])));
  }
}

/** `09:00` */
function timeText(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
