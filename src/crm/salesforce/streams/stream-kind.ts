import type { Log } from '../../../base/log.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { ActivityStream } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import type { SalesforceConfig } from '../config.ts';
import type { OrgProblem } from '../org-problem.ts';
import type { StreamKey } from '../streams-config.ts';
import type { SharedPoll } from './shared-poll.ts';
import type { StreamStates } from './stream-states.ts';

/** A source of activities that an org may have or not. */
export interface StreamKind {
  /** Under `streams` in `config/salesforce.yaml`. */
  readonly key: StreamKey;
  /** As in "calls and logged e-mails can be read". */
  readonly what: string;
  /** What the org must have and the integration user may do, as in "it needs …". */
  readonly needs: string;
  /** What it can tell of; nothing where config gives it nothing to read. */
  delivers(config: SalesforceConfig): readonly ActivityType[];
  /** Tries it with as few calls as it takes. @throws SalesforceRefusal where it may not be read; its `fields` name what is hidden. */
  probe(probing: Probing): Promise<void>;
  /** What config names and the org does not have. */
  problems?(probing: Probing): Promise<readonly OrgProblem[]>;
  open(context: StreamContext): readonly ActivityStream[];
}

export interface Probing {
  readonly api: SalesforceApi;
  readonly config: SalesforceConfig;
  /** Where Account Engagement is, in place of the host in config: `http://127.0.0.1:4000`. */
  readonly engagementUrl?: string | undefined;
}

export interface StreamContext extends Probing {
  readonly states: StreamStates;
  /** The ids of the campaigns in config, by our key: see `find-campaigns.ts`. */
  readonly campaigns: ReadonlyMap<string, readonly string[]>;
  /** Shared by the streams of records that sales keeps. */
  readonly poll: SharedPoll;
  readonly log?: Log | undefined;
}
