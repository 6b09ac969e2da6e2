/**
 * Which of many findings to believe, by how likely chance alone makes each: of those believed, at most one in twenty is chance, however
 * many were asked about (Benjamini and Hochberg, JRSS B 57, 1995). Each at 5% for itself, a hundred criteria that say nothing would
 * yield five findings. What could not be judged has NaN, and is not believed.
 */
export function credible(chances: readonly number[], share = 0.05): boolean[] {
  const judged = chances.filter((chance) => !Number.isNaN(chance)).sort((one, other) => one - other);
  const last = judged.findLastIndex((chance, place) => chance <= ((place + 1) / judged.length) * share);
  const limit = judged[last];
  return chances.map((chance) => limit !== undefined && chance <= limit);
}
