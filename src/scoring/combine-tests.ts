/** One test for all: those that are most common without a loop. */
export function allOf<Of>(tests: readonly ((of: Of) => boolean)[]): (of: Of) => boolean {
  const [first, second, third] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (third === undefined) return (of) => first(of) && second(of);
  return (of) => tests.every((test) => test(of));
}

/** One test for any. */
export function anyOf<Of>(tests: readonly ((of: Of) => boolean)[]): (of: Of) => boolean {
  const [first, second] = tests;
  if (first !== undefined && second === undefined) return first;
  return (of) => tests.some((test) => test(of));
}
