const LONGEST = 64;

/**
 * The field that a column of a table stands for: `Job title` is `job_title`, `Größe (m²)` is `grosse_m2`. Undefined where nothing is
 * left that a field can be called, as of `3.` or `職業`.
 */
export function fieldOfColumn(name: string): string | undefined {
  const words = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .match(/[a-z0-9]+/g);
  const field = words?.join('_').slice(0, LONGEST).replace(/_$/, '') ?? '';
  return /^[a-z]/.test(field) ? field : undefined;
}
