import { z } from 'zod';

/** The id of a record, always in its form of 18 characters: a record must not be known by two ids. */
export const salesforceId = z
  .string()
  .regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/)
  .transform(longId);

/** Salesforce sends 18 characters, and shows 15 on its pages and in reports: what it would send for an id of either form. */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  return id + [id.slice(0, 5), id.slice(5, 10), id.slice(10)].map(capitalsOf).join('');
}

/** One character for five: which of them are capitals, the first counting least. */
function capitalsOf(five: string): string {
  const number = [...five].reduceRight((sum, letter) => 2 * sum + (/[A-Z]/.test(letter) ? 1 : 0), 0);
  return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(number);
}
