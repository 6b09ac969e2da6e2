import type { WriteStream } from 'node:tty';
import type { Say } from '../bench/part.ts';

/** A line for each word; what is passing is written at a terminal alone, and the next word over it. */
export function tellTo(
  stream: Pick<WriteStream, 'write' | 'isTTY'>,
  name: string,
): { readonly say: Say; clear(): void } {
  let passing = false;
  const clear = () => {
    if (passing) stream.write('\r\u001b[K');
    passing = false;
  };
  return {
    clear,
    say(progress, how) {
      const isPassing = how?.passing === true;
      if (isPassing && !stream.isTTY) return;
      clear();
      passing = isPassing;
      stream.write(`${name}: ${progress}${isPassing ? '' : '\n'}`);
    },
  };
}
