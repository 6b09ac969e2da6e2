import { confirm } from '@clack/prompts';
import type { Io } from './io.ts';

/** Asks a person at the terminal; whoever leaves without an answer means no. Only where `io.terminal` holds. */
export async function askWhether(question: string, io: Io): Promise<boolean> {
  // Asked on standard error: standard output belongs to what a command was asked for.
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr, signal: io.signal });
  return answer === true;
}
