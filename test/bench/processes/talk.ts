import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { Stage } from './stage.ts';

/** A process of the benchmark's own that answers questions. */
export interface Talk {
  readonly pid: number;
  /** @throws Error with the process's own message where it could not answer, or has ended. */
  ask<Answer>(question: string, given: object, answer: z.ZodType<Answer>): Promise<Answer>;
  /** Resolves once it has ended. */
  end(): Promise<void>;
}

const questionSchema = z.object({ number: z.number(), question: z.string(), given: z.unknown() });
const answerSchema = z.object({ number: z.number(), value: z.unknown().optional(), error: z.string().optional() });

export interface TalkOptions {
  /** This process's own by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** For Node, before the module. */
  readonly flags?: readonly string[];
}

/** Starts one, with these options as its argument; it is ready once it answers. */
export function talkTo(stage: Stage, module: string, options: object, { env, flags = [] }: TalkOptions = {}): Talk {
  const child = fork(module, [JSON.stringify(options)], {
    env: env ?? process.env,
    execArgv: [...flags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (reply: z.output<typeof answerSchema>) => void>();
  let asked = 0;
  let ended = false;
  child.on('message', (message) => {
    const reply = answerSchema.parse(message);
    waiting.get(reply.number)?.(reply);
    waiting.delete(reply.number);
  });
  child.once('exit', () => {
    ended = true;
    for (const [number, tell] of waiting) tell({ number, value: undefined, error: `${module} has ended` });
  });
  if (child.pid === undefined) throw new Error(`${module} did not start`);
  stage.addProcess(child);
  const end = () => endOf(child);
  stage.add(end);
  return {
    pid: child.pid,
    async ask(question, given, answer) {
      if (ended) throw new Error(`${module} has ended`);
      const number = asked++;
      const reply = new Promise<z.output<typeof answerSchema>>((resolve) => waiting.set(number, resolve));
      child.send({ number, question, given });
      const { value, error } = await reply;
      if (error !== undefined) throw new Error(error);
      return answer.parse(value);
    },
    end,
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exited;
}

/** In the process itself: answers by these, until the benchmark hangs up; then it ends. */
export function answerBy(answers: Readonly<Record<string, (given: unknown) => unknown>>, close: () => Promise<void>) {
  // Ctrl-C reaches every process of the terminal: this one is still needed until the benchmark hangs up.
  process.on('SIGINT', () => {});
  process.on('message', (message) => {
    const { number, question, given } = questionSchema.parse(message);
    answer(answers[question], given).then(
      (value) => process.send?.({ number, value }),
      (error) => process.send?.({ number, error: String(error instanceof Error ? error.stack : error) }),
    );
  });
  process.once('disconnect', () => void close().finally(() => process.exit()));
}

async function answer(how: ((given: unknown) => unknown) | undefined, given: unknown): Promise<unknown> {
  if (how === undefined) throw new Error('there is no answer to this question');
  return how(given);
}
