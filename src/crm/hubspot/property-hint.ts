import { suggestion } from '../../base/nearest-word.ts';

/** A portal has hundreds of properties: without a near one, listing some helps nobody. */
export function nearestProperty(word: string, options: Iterable<string>): string {
  const hint = suggestion(word, options);
  return hint.startsWith(': did you mean') ? hint : ': look up its internal name under Settings, Properties';
}
