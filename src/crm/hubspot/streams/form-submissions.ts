import { createHash } from 'node:crypto';
import { MINUTE } from '../../../base/clock.ts';
import { RetryableError } from '../../../base/errors.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../../crm.ts';
import { listSubmissions, type Submission } from '../api/forms.ts';
import { RefusedError } from '../refusal.ts';
import type { Transport } from '../transport.ts';
import { warnOnce } from './odd-rows.ts';
import { submissionEmail } from './submission-email.ts';

export interface StreamedForm {
  /** Our key in config. */
  readonly key: string;
  /** HubSpot's GUID. */
  readonly id: string;
}

/** The submissions of one form. They are there at once, but a slow request may be stored with the time it began. */
export function formSubmissions(transport: Transport, form: StreamedForm): ActivityStream {
  const name = `form-submission:${form.key}`;
  const warn = warnOnce(name, transport.log);
  return {
    name,
    form: form.key,
    overlap: 10 * MINUTE,
    lag: 0,
    latestFirst: true,
    pull: (window, options) => pull((after) => listPage(transport, form, after, warn, options), form, window),
  };
}

/** HubSpot lists them newest first and knows no filter: reading stops at the first that is older than the window. */
async function* pull(
  list: (after: string | undefined) => Promise<Page>,
  form: StreamedForm,
  window: Window,
): AsyncIterable<Observation[]> {
  if (window.from >= window.to) return;
  let after: string | undefined;
  for (;;) {
    const { submissions, next } = await list(after);
    const observations = submissions.filter(within(window)).flatMap((submission) => observe(submission, form));
    if (observations.length > 0) yield observations;
    const reachedEnd = submissions.some((submission) => submission.submittedAt < window.from);
    if (reachedEnd || next === undefined || next === after) return;
    after = next;
  }
}

type Page = Awaited<ReturnType<typeof listSubmissions>>;

/** @throws RetryableError where HubSpot refuses, as after somebody deleted the form: that is no reason to stop everything else. */
async function listPage(
  transport: Transport,
  { key, id }: StreamedForm,
  after: string | undefined,
  warn: (odd: number) => void,
  options?: CallOptions,
): Promise<Page> {
  try {
    const page = await listSubmissions(transport, { id, after }, options);
    warn(page.odd);
    return page;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new RetryableError(`the submissions of the form ${key} could not be read: ${error.message}`);
  }
}

function within({ from, to }: Window): (submission: Submission) => boolean {
  return ({ submittedAt }) => submittedAt >= from && submittedAt < to;
}

/** A submission names nobody but by an address in it; without one, it cannot be anybody's activity. */
function observe(submission: Submission, { key, id: guid }: StreamedForm): Observation[] {
  const email = submissionEmail(submission);
  if (email === undefined) return [];
  const url = submission.pageUrl?.trim();
  const at = submission.submittedAt;
  const id = submission.conversionId ?? hash([guid, at, email]);
  const activity = { id, type: 'form-submission', at, name: key } as const;
  return [{ person: { email }, activity: url ? { ...activity, url } : activity }];
}

/** Stands in for an id that HubSpot did not give: the same submission must be known again. */
function hash(what: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 22);
}
