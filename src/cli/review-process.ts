import { constants, getPriority, setPriority } from 'node:os';
import { SECOND } from '../base/clock.ts';
import { ConfigError, messageOf } from '../base/errors.ts';
import { redactAdvice, redactText } from '../base/log.ts';
import { collectEarly } from './collect-early.ts';
import { processIo } from './io.ts';
import { reviewCrm } from './review-crm.ts';
import { writeReview } from './review-files.ts';

/**
 * What a worker starts beside itself for a review: `leadgauge review`, which says nothing but why it failed, and that to the worker.
 * Arguments: the CRM, the page to write, and the file of its figures.
 */
const [name = '', html = '', json = ''] = process.argv.slice(2);
collectEarly();

// Scores and fast tracks go first, also where there is one core for both.
setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));

// A worker that was killed has told nobody to stop. Its Redis may be gone as well, and what waits for that would wait for ever.
const alone = new AbortController();
const stop = () => {
  alone.abort(new Error('the worker has ended'));
  setTimeout(() => process.exit(1), 5 * SECOND).unref();
};
process.once('disconnect', stop);
if (!process.connected) stop();

const { env, signal } = processIo();
const stopped = AbortSignal.any([signal, alone.signal]);
const io = { env, out() {}, err() {}, terminal: false, colour: false, signal: stopped };
try {
  await writeReview(await reviewCrm(name, {}, io, true), { html, json });
} catch (error) {
  process.exitCode = 1;
  if (!stopped.aborted)
    await tell(error instanceof ConfigError ? redactAdvice(error.message) : redactText(messageOf(error)));
}
// As in main.ts: what still ticks is nobody's work.
process.exit();

function tell(why: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(why, () => resolve());
  });
}
