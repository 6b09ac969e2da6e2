import { fold } from './print.ts';

/** Folded to the width of a terminal; lines that go on are set in by two more. */
export const hanging = (text: string, indent: number): string => fold(text, indent + 2).slice(2);
