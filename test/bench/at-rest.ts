import { measureAtRest } from './at-rest/measure.ts';
import type { Part } from './part.ts';
import { onStage } from './processes/stage.ts';
import { number, tableLines } from './table.ts';

/** How soon a process is ready, and how much memory it takes while there is nothing to do. */
export const atRest: Part = {
  async run(say, { signal }) {
    const json = await onStage(signal, (stage) => measureAtRest(stage, say));
    const text = tableLines([
      ['', 'ms to start', 'MB at rest'],
      ...Object.entries(json).map(([name, { startMs, restMb }]) => [
        NAMES[name] ?? name,
        number(startMs),
        number(restMb),
      ]),
    ]);
    return { json, text: `${text.join('\n')}\n` };
  },
};

const NAMES: Readonly<Record<string, string>> = {
  worker: 'leadgauge start worker',
  receiver: 'leadgauge start receiver',
  bare: 'a bare Express route with BullMQ',
  node: 'Node with nothing to do',
};
