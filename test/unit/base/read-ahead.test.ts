import { expect, test } from 'vitest';
import { readAhead } from '../../../src/base/read-ahead.ts';

/** Pages that note when each was asked for and whether somebody said that they were enough. */
function pages(count: number, failsAt = Number.POSITIVE_INFINITY) {
  const log: string[] = [];
  async function* all() {
    try {
      for (let page = 1; page <= count; page += 1) {
        if (page === failsAt) throw new Error(`page ${page} cannot be read`);
        log.push(`asked ${page}`);
        yield page;
      }
    } finally {
      log.push('ended');
    }
  }
  return { log, all: all() };
}

test('each page is there, in order, and asked for while the one before is worked on', async () => {
  const { log, all } = pages(3);
  for await (const page of readAhead(all)) {
    // Let whatever was asked for be asked.
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`worked on ${page}`);
  }
  expect(log).toEqual(['asked 1', 'asked 2', 'worked on 1', 'asked 3', 'worked on 2', 'ended', 'worked on 3']);
});

test('a page that fails is told of once the pages before it are worked on', async () => {
  const { all } = pages(3, 3);
  const worked: number[] = [];
  const work = async () => {
    for await (const page of readAhead(all)) worked.push(page);
  };
  await expect(work()).rejects.toThrow('page 3 cannot be read');
  expect(worked).toEqual([1, 2]);
});

test('who stops early ends the reading, also where the page under way fails', async () => {
  const { log, all } = pages(3, 2);
  for await (const _ of readAhead(all)) break;
  expect(log).toEqual(['asked 1', 'ended']);
});
