#!/usr/bin/env node
import { processIo } from './io.ts';
import { runProgram } from './program.ts';

const code = await runProgram(process.argv.slice(2), processIo());
// All that was opened is closed by now. What still ticks is nobody's work, such as the timer of a read in the embedded
// Redis, and would hold the process up for seconds.
await Promise.all([written(process.stdout), written(process.stderr)]);
process.exit(code);

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
