import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { freePort } from '../../support/free-port.ts';
import { startLeadgauge } from '../processes/leadgauge.ts';
import type { Stage } from '../processes/stage.ts';
import { talkTo } from '../processes/talk.ts';
import { unlessStopped } from '../processes/unless-stopped.ts';

const BARE = new URL('bare-process.ts', import.meta.url).pathname;

/** A process that takes webhooks at `PATH` of this address. */
export interface ReceiverProcess {
  readonly pid: number;
  readonly url: string;
  readonly secret: string;
  end(): Promise<void>;
}

/** `leadgauge start receiver`, ready for webhooks. */
export async function startReceiver(stage: Stage, redisUrl: string): Promise<ReceiverProcess> {
  const [port, secret] = [await freePort(), randomBytes(16).toString('hex')];
  const variables = { HUBSPOT_WEBHOOK_SECRETS: secret, PORT: String(port) };
  const dataDir = await stage.folder();
  const receiver = startLeadgauge(stage, ['start', 'receiver'], { variables, redisUrl, dataDir });
  await unlessStopped(stage.signal, receiver.said('receiver listens'));
  const url = `http://127.0.0.1:${port}`;
  // Listening it may still have no Redis.
  while (!(await fetch(`${url}/readyz`)).ok) stage.signal.throwIfAborted();
  return { pid: receiver.pid, url, secret, end: receiver.stop };
}

/** The route that does as little as possible. */
export async function startBare(stage: Stage, redisUrl: string): Promise<ReceiverProcess> {
  const secret = randomBytes(16).toString('hex');
  const talk = talkTo(stage, BARE, { secret, redisUrl });
  return { pid: talk.pid, url: await talk.ask('url', {}, z.string()), secret, end: talk.end };
}
