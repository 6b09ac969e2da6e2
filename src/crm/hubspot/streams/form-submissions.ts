import { MINUTE } from '../../../base/clock.ts';
import { normaliseEmail } from '../../../leads/email.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../../crm.ts';
import { listSubmissions, type Submission } from '../api/forms.ts';
import type { Transport } from '../transport.ts';

export interface StreamedForm {
  /** Our key in config. */
  readonly key: string;
  /** HubSpot's GUID. */
  readonly id: string;
}

/** The submissions of one form. They are there at once, but a slow request may be stored with the time it began. */
export function formSubmissions(transport: Transport, form: StreamedForm): ActivityStream {
  return {
    name: `form-submission:${form.key}`,
    form: form.key,
    overlap: 10 * MINUTE,
    lag: 0,
    pull: (window, options) => pull(transport, form, window, options),
  };
}

/** HubSpot lists them newest first and knows no filter: reading stops at the first that is older than the window. */
async function* pull(
  transport: Transport,
  form: StreamedForm,
  window: Window,
  options?: CallOptions,
): AsyncIterable<Observation[]> {
  if (window.from >= window.to) return;
  let after: string | undefined;
  for (;;) {
    const { submissions, next } = await listSubmissions(transport, { id: form.id, after }, options);
    const observations = submissions.filter(within(window)).flatMap((submission) => observe(submission, form.key));
    if (observations.length > 0) yield observations;
    const reachedEnd = submissions.some((submission) => submission.submittedAt < window.from);
    if (reachedEnd || next === undefined || next === after) return;
    after = next;
  }
}

function within({ from, to }: Window): (submission: Submission) => boolean {
  return ({ submittedAt }) => submittedAt >= from && submittedAt < to;
}

/** A submission names nobody but by its e-mail field; without one, it cannot be anybody's activity. */
function observe(submission: Submission, name: string): Observation[] {
  const value = submission.values?.find((field) => field.name.toLowerCase() === 'email')?.value;
  const email = normaliseEmail(typeof value === 'string' ? value : undefined);
  if (email === undefined) return [];
  const url = submission.pageUrl?.trim();
  const activity = { id: submission.conversionId, type: 'form-submission', at: submission.submittedAt, name } as const;
  return [{ person: { email }, activity: url ? { ...activity, url } : activity }];
}
