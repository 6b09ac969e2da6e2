import type { CallOptions, Window } from '../../crm.ts';
import { type EmailEvent, listEmailEvents } from '../api/email-events.ts';
import type { Transport } from '../transport.ts';

/**
 * Everything of the given types that became of marketing e-mails within the window, newest first of each type. HubSpot gives
 * one type or all of them: a quiet window comes in one call whatever is asked for, and of a busy one, whose deliveries alone are
 * many pages, only the types that are asked for are paged on.
 */
export async function* emailEventPages(
  source: EmailEventSource,
  types: readonly string[],
  { from, to }: Window,
): AsyncIterable<EmailEvent[]> {
  if (from >= to) return;
  const last = to - 1;
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) return yield* pagesOf(source, only, from, last);
  const { events, hasMore } = await list(source, { from, to: last });
  yield events.filter(({ type }) => types.includes(type));
  if (!hasMore) return;
  const reached = oldestOf(events) ?? last;
  for (const type of types) yield* pagesOf(source, type, from, reached, events);
}

export interface EmailEventSource {
  readonly transport: Transport;
  /** Told how many rows of a page could not be read. */
  readonly warn: (odd: number) => void;
  readonly options?: CallOptions | undefined;
}

/**
 * One type, page by page. HubSpot's own mark for the next page does not live long, and a pull may wait for hours in the middle,
 * as when the day's calls are used up: each page is asked for by the time that the one before it reached, and by the mark only
 * where all of a page happened in the same millisecond.
 */
async function* pagesOf(
  source: EmailEventSource,
  type: string,
  from: number,
  to: number,
  before: readonly EmailEvent[] = [],
): AsyncIterable<EmailEvent[]> {
  let told = before;
  let reached = to;
  let offset: string | undefined;
  for (;;) {
    const page = await list(source, { type, from, to: reached, offset });
    const known = new Set(told.map(({ id }) => id));
    yield page.events.filter(({ id }) => !known.has(id));
    if (!page.hasMore) return;
    const oldest = oldestOf(page.events);
    if (oldest !== undefined && oldest < reached) [reached, offset] = [oldest, undefined];
    else if (page.offset === undefined || page.offset === offset) return;
    else offset = page.offset;
    told = page.events;
  }
}

async function list({ transport, warn, options }: EmailEventSource, page: Parameters<typeof listEmailEvents>[1]) {
  const answer = await listEmailEvents(transport, page, options);
  warn(answer.odd);
  return answer;
}

/** How far back a page reaches; undefined where it is not sorted as documented, so that nothing follows from it. */
function oldestOf(events: readonly EmailEvent[]): number | undefined {
  const isSorted = events.every(({ created }, index) => index === 0 || created <= (events[index - 1]?.created ?? 0));
  return isSorted ? events.at(-1)?.created : undefined;
}
