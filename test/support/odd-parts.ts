import fc from 'fast-check';

/** The same value with one of its parts, at any depth, replaced by another, taken out, or with a key beside it that was not there. */
export function replacedPart(whole: unknown, others: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const places = placesIn(whole);
  const change = fc.record({
    place: fc.constantFrom(...places),
    other: others,
    key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'id'), fc.string({ maxLength: 10 })),
    how: fc.constantFrom('replace', 'replace', 'remove', 'add'),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce((now, { place, other, key, how }) => changed(now, place, { other, key, how }), whole),
    );
}

type Place = readonly (string | number)[];

interface Change {
  readonly other: unknown;
  readonly key: string;
  readonly how: string;
}

function placesIn(value: unknown, place: Place = []): Place[] {
  if (Array.isArray(value)) return [place, ...value.flatMap((each, index) => placesIn(each, [...place, index]))];
  if (!isObject(value)) return [place];
  return [place, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...place, key]))];
}

/** A place that an earlier change took away stays as it is. */
function changed(value: unknown, [first, ...rest]: Place, change: Change): unknown {
  if (first === undefined) {
    if (change.how !== 'add' || !isObject(value)) return change.other;
    return Object.fromEntries([...Object.entries(value), [change.key, change.other]]);
  }
  const isLast = rest.length === 0 && change.how === 'remove';
  if (Array.isArray(value)) {
    return isLast
      ? value.filter((_, index) => index !== first)
      : value.map((each, index) => (index === first ? changed(each, rest, change) : each));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !(isLast && key === first));
  return Object.fromEntries(entries.map(([key, each]) => [key, key === first ? changed(each, rest, change) : each]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
