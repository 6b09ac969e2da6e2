import { statSync } from 'node:fs';
import { checkCalls } from './check-calls.ts';
import { createChecker } from './check-exchange.ts';
import { playCalls } from './play-calls.ts';
import { readSpecs } from './read-specs.ts';

const USAGE = `Holds the sandbox against OpenAPI files of HubSpot that you have: every kind of call is made once, and its
request and answer compared with what the files say. The files are not part of leadgauge, as they are not licensed for that.

  npm run check:openapi -- path/to/PublicApiSpecs

Exit code 0: all calls are as described. 1: some are not. 2: there is nothing to compare with.`;

const tell = (stream: NodeJS.WriteStream, line: string) => stream.write(`${line}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main([folder]: readonly string[]): Promise<number> {
  if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    tell(process.stderr, folder === undefined ? USAGE : `there is no folder ${folder}\n\n${USAGE}`);
    return 2;
  }
  const operations = readSpecs(folder);
  if (operations.length === 0) {
    tell(
      process.stderr,
      `no file in ${folder} or below it is OpenAPI: point at the folder that holds HubSpot's descriptions`,
    );
    return 2;
  }
  const checked = checkCalls(operations, await playCalls(), createChecker());
  for (const { call, file, problems, known } of checked) {
    tell(process.stdout, `${file === undefined ? '?' : problems.length === 0 ? 'ok' : 'x '} ${call}`);
    for (const problem of problems) tell(process.stdout, `     ${problem}`);
    for (const difference of known) tell(process.stdout, `     (${difference})`);
  }
  const undescribed = checked.filter(({ file }) => file === undefined).length;
  const wrong = checked.filter(({ problems }) => problems.length > 0).length;
  tell(
    process.stdout,
    `${checked.length} calls: ${checked.length - wrong - undescribed} as described, ${wrong} otherwise, ${undescribed} in no file (marked ?)`,
  );
  return wrong === 0 ? 0 : 1;
}
