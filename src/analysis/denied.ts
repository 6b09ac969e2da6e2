import type { LeftOutFeature, Suggestion } from './suggest.ts';

/** Criteria of the model that get no points because history says the opposite of their sign. */
export function deniedOf({ leftOut }: Pick<Suggestion, 'leftOut'>): LeftOutFeature[] {
  return leftOut.filter(({ why }) => why === 'sign');
}
