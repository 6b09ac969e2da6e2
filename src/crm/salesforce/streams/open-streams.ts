import type { ActivityStream } from '../../crm.ts';
import { STREAMS } from './registry.ts';
import { sharedPoll } from './shared-poll.ts';
import { sparingOthers } from './sparing-others.ts';
import type { StreamContext } from './stream-kind.ts';

/** The streams of all that is open. */
export function openStreams(context: Omit<StreamContext, 'poll'>): ActivityStream[] {
  const poll = sharedPoll(context.api);
  return STREAMS.filter(({ key }) => context.states.get(key) === 'open')
    .flatMap((kind) => kind.open({ ...context, poll }))
    .map(sparingOthers);
}
