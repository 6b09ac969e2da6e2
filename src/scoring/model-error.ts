import { LeadgaugeError } from '../base/errors.ts';

/** Keys and indexes from the top of the model down to a place: `['fit', 'groups', 0, 'name']`. */
export type ModelPath = readonly (string | number)[];

export interface ModelProblem {
  readonly path: ModelPath;
  readonly message: string;
  /** Where the same word stood first; whoever knows the lines may add that one. */
  readonly first?: ModelPath;
}

/** A model of the right shape that makes no sense; whoever read the file knows the lines that the paths lie on. */
export class ModelError extends LeadgaugeError {
  readonly problems: readonly ModelProblem[];
  constructor(problems: readonly ModelProblem[]) {
    super(problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
    this.problems = problems;
  }
}
