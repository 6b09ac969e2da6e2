import { z } from 'zod';

const plainValue = [z.string().trim(), z.number(), z.boolean()] as const;
const anyWord = z.union(plainValue).transform((value) => String(value).toLowerCase());
export const singleWord = z
  .union(plainValue, {
    error: ({ input }) => (Array.isArray(input) ? '"is" takes one value: for several, write in' : undefined),
  })
  .transform((value) => String(value).toLowerCase());
const word = z
  .union([z.string().trim().min(1), z.number(), z.boolean()])
  .transform((value) => String(value).toLowerCase());
export const words = z
  .union([word, z.array(word).min(1)])
  .transform((value): readonly string[] => (Array.isArray(value) ? value : [value]));
export const anyWords = z
  .union([anyWord, z.array(anyWord).min(1)])
  .transform((value): readonly string[] => (Array.isArray(value) ? value : [value]));

/** @param opposite the operator that asks for the contrary. */
export function onlyTrue(opposite: string) {
  return z.literal(true, {
    error: ({ input }) => (input === false ? `to ask for the contrary, write ${opposite}: true` : undefined),
  });
}

export function oneOrMore<const Words extends readonly string[]>(allowed: Words) {
  return z
    .union([z.enum(allowed), z.array(z.enum(allowed)).min(1)])
    .transform((value): readonly Words[number][] => [value].flat());
}
