import type { Operation } from './read-specs.ts';

/** The operation that describes this request best: of several that fit, the one with the most literal words in its path. */
export function findOperation(operations: readonly Operation[], method: string, path: string): Operation | undefined {
  const parts = path.split('/');
  const fitting = operations.filter((operation) => operation.method === method && fits(operation.template, parts));
  return fitting.reduce<Operation | undefined>(
    (best, next) => (best === undefined || literals(next.template) > literals(best.template) ? next : best),
    undefined,
  );
}

function fits(template: string, parts: readonly string[]): boolean {
  const words = template.split('/');
  return words.length === parts.length && words.every((word, index) => isVariable(word) || word === parts[index]);
}

const literals = (template: string) => template.split('/').filter((word) => !isVariable(word)).length;

const isVariable = (word: string) => word.startsWith('{');
