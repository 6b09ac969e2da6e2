import { accountModels, type ModelOutputs } from '../outputs/output-model.ts';
import type { Property } from './api/properties.ts';
import { outputClash } from './output-problems.ts';
import type { PortalProblem } from './portal-problem.ts';

type Properties = ReadonlyMap<string, Property>;

/** What companies lack, or have otherwise, of the properties of account scores; empty where no model has `account`. */
export function accountProblems(models: readonly ModelOutputs[], properties: Properties): PortalProblem[] {
  const missing = accountModels(models).filter(({ accountScore }) => !properties.has(accountScore));
  const problems = missing.map(({ accountScore, path }): PortalProblem => {
    const message = `the portal's companies have no property "${accountScore}": run "leadgauge setup"`;
    return { about: 'accounts', path: [...path, 'account_score'], message, mendedBySetup: true };
  });
  return [...problems, ...accountClashes(models, properties)];
}

/** Existing properties that cannot hold an account score. */
export function accountClashes(models: readonly ModelOutputs[], properties: Properties): PortalProblem[] {
  return accountModels(models).flatMap(({ accountScore, path }): PortalProblem[] => {
    const property = properties.get(accountScore);
    // A score like any other: a number that we can write.
    const message = property && outputClash('score', property);
    return message === undefined ? [] : [{ about: 'accounts', path: [...path, 'account_score'], message }];
  });
}
