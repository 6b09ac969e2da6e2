import { createPortal, DEMO_TOKEN, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Exchange } from './check-exchange.ts';
import { callsOf, type PlannedCall } from './planned-calls.ts';

/** Makes every planned call once on a sandbox of its own, and brings back what went over the wire. */
export async function playCalls(): Promise<Exchange[]> {
  const portal = createPortal({ leads: 60, seed: 3 });
  // Two calls a millisecond are not a thing to be refused for here.
  const sandbox = await startSandbox({ portal, limits: { burst: 10_000, search: 10_000 } });
  try {
    const exchanges: Exchange[] = [];
    for (const planned of callsOf(sandbox)) exchanges.push(await play(sandbox, planned));
    return exchanges;
  } finally {
    await sandbox.close();
  }
}

async function play({ url }: Sandbox, { method, path, query = {}, body }: PlannedCall): Promise<Exchange> {
  const address = new URL(path, url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const response = await fetch(address, {
    method,
    headers: { authorization: `Bearer ${DEMO_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    method,
    path,
    query: address.searchParams,
    request: body,
    status: response.status,
    answer: text === '' ? undefined : JSON.parse(text),
  };
}
