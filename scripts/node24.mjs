// Runs a program on Node 24, whatever Node there is: `node scripts/node24.mjs PROGRAM ARGS`.
// `npm ci` brings the binary along as an optional package, but npm 10 takes its link in node_modules/.bin away again
// together with those of the other platforms' packages; so it is found by its folder. Plain JavaScript for Node 20.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED = 24;
const PACKAGES = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
/** Linux's own allocator gives back what large answers took as soon as they are gone: see docs/decisions/heap-near-its-need.md. */
const MEMORY = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };
const env = { ...(process.platform === 'linux' ? MEMORY : {}), ...process.env };
const [program = '', ...args] = process.argv.slice(2);

if (Number.parseInt(process.versions.node, 10) < NEEDED) {
  runWith(findNode());
} else {
  // It is read as a process starts: this one starts once more as the program. Where that cannot be, it becomes the program as it is.
  if (isNew(env) && process.execve !== undefined && existsSync(process.execPath)) startAgain();
  process.argv.splice(1, 2, resolve(program));
  await import(pathToFileURL(resolve(program)).href);
}

/** Flags such as --max-semi-space-size are for the program as well. */
function commandLine() {
  return [...process.execArgv, program, ...args];
}

function startAgain() {
  try {
    process.execve(process.execPath, [process.execPath, ...commandLine()], env);
  } catch {
    // It only saves memory.
  }
}

function isNew(variables) {
  return Object.keys(variables).some((name) => process.env[name] === undefined);
}

function findNode() {
  const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const found = PACKAGES.map((name) => join(modules, name, 'bin', binary)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  process.stderr.write(
    `leadgauge needs Node ${NEEDED}, and this is ${process.versions.node}: run "npm ci" to get it, or install Node ${NEEDED}\n`,
  );
  process.exit(2);
}

function runWith(binary) {
  const child = spawn(binary, commandLine(), { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to both; what is sent to this process alone must reach the one that works.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${binary} cannot be run: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
