import type { ActivityStream } from '../../crm.ts';
import { sparingOthers } from '../../sparing-others.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { STREAMS } from './registry.ts';
import { sharedPoll } from './shared-poll.ts';
import type { StreamContext } from './stream-kind.ts';

/** The streams of all that is open. */
export function openStreams(context: Omit<StreamContext, 'poll'>): ActivityStream[] {
  const poll = sharedPoll(context.api);
  return STREAMS.filter(({ key }) => context.states.get(key) === 'open')
    .flatMap((kind) => kind.open({ ...context, poll }))
    .map((stream) => sparingOthers(stream, isRefusal));
}

function isRefusal(error: unknown): error is Error {
  return error instanceof SalesforceRefusal;
}
