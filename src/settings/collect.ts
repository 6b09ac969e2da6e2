import { ConfigError, type ConfigProblem } from '../base/errors.ts';

/** Does several readings of which each may fail, and gathers what is wrong, so that all of it is told at once. */
export function collector() {
  const problems: ConfigProblem[] = [];
  return {
    problems,
    collect<Result>(read: () => Result): Result | undefined {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        problems.push(...error.problems);
        return undefined;
      }
    },
  };
}
