/**
 * How far probabilities were from what happened, as the mean of the squares: 0 is certainty that was right, 1 certainty that was wrong.
 * What is good depends on the base rate, so it says something only beside that of giving everybody the base rate. NaN of no leads.
 */
export function brier(probabilities: Float64Array, bought: Uint8Array): number {
  const squares = probabilities.reduce((sum, probability, lead) => sum + (probability - (bought[lead] ?? 0)) ** 2, 0);
  return squares / probabilities.length;
}
