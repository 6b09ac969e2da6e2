#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Stripping and compiling the sources is half of what a command takes: kept beside the packages, as whoever may write there may
// change the program too. Where nothing can be written, as in an image, nothing is kept. Hence no imports of our own above.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/leadgauge', import.meta.url)));
const [{ runProgram }, { processIo }, { collectEarly }] = await Promise.all([
  import('./program.ts'),
  import('./io.ts'),
  import('./collect-early.ts'),
]);
collectEarly();

const code = await runProgram(process.argv.slice(2), processIo());
// All that was opened is closed by now. What still ticks is nobody's work, such as the timer of a read in the embedded
// Redis, and would hold the process up for seconds.
await Promise.all([written(process.stdout), written(process.stderr)]);
process.exit(code);

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
