import { z } from 'zod';
import { SECOND } from '../../../base/clock.ts';
import { FatalError } from '../../../base/errors.ts';
import type { CallKind } from '../../api-budget.ts';
import type { CallOptions } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { readAs } from '../api/read-as.ts';

/** Where one business unit of Account Engagement is read. */
export interface Engagement {
  readonly api: SalesforceApi;
  /** `https://pi.pardot.com` */
  readonly host: string;
  /** 18 characters that start with 0Uv. */
  readonly businessUnit: string;
}

/** Which activities: by when they were told or last assigned to somebody, or by when they happened. Milliseconds since 1970. */
export interface ActivityFilter {
  readonly by: 'updatedAt' | 'createdAt';
  readonly from: number;
  readonly to?: number;
}

/**
 * What known people did, in the order of ids, page by page. Each page begins above the last id of the one before: Account
 * Engagement's own token for the next page lives four hours, while a pull may wait longer for the calls of a new day, and after
 * 100,000 rows there is none.
 * https://developer.salesforce.com/docs/marketing/pardot/guide/version5overview.html
 */
export async function* visitorActivityPages(
  engagement: Engagement,
  filter: ActivityFilter,
  options?: CallOptions,
): AsyncIterable<readonly VisitorActivity[]> {
  for (let above = 0; ; ) {
    const { values, nextPageToken } = await readActivities(engagement, query(filter, above), 'activity', options);
    if (values.length > 0) yield values;
    const last = values.at(-1);
    // Without a token for it there may be more all the same.
    if (last === undefined || (nextPageToken == null && values.length < LIMIT)) return;
    above = last.id;
  }
}

/** One call that tells whether activities may be read. @throws SalesforceRefusal */
export async function probeVisitorActivities(engagement: Engagement): Promise<void> {
  await readActivities(engagement, { fields: FIELDS, limit: '1' }, 'setup');
}

const LIMIT = 1_000;

const count = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const named = z.object({ name: text }).nullish();

const activityRow = z.object({
  id: z.number(),
  type: z.number(),
  typeName: text,
  createdAt: z.string(),
  updatedAt: text,
  details: text,
  prospectId: count,
  formId: count,
  formHandlerId: count,
  landingPageId: count,
  fileId: count,
  emailId: count,
  listEmailId: count,
  form: named,
  formHandler: named,
  prospect: z.object({ salesforceId: text, email: text }).nullish(),
});
export type VisitorActivity = z.output<typeof activityRow>;

const page = z.object({ values: z.array(activityRow), nextPageToken: text });

/** A field of a related object costs no call of its own. */
const FIELDS = [
  ...Object.keys(activityRow.shape).filter((name) => !['form', 'formHandler', 'prospect'].includes(name)),
  'form.name',
  'formHandler.name',
  'prospect.salesforceId',
  'prospect.email',
].join(',');

function query({ by, from, to }: ActivityFilter, above: number): Record<string, string> {
  return {
    fields: FIELDS,
    orderBy: 'id',
    limit: String(LIMIT),
    // Of visitors whom nobody knows yet there is nothing to tell; once they are known, what they did before is updated.
    prospectIdGreaterThan: '0',
    idGreaterThan: String(above),
    [`${by}AfterOrEqualTo`]: writtenTime(from),
    ...(to !== undefined && { [`${by}Before`]: writtenTime(Math.ceil(to / SECOND) * SECOND) }),
  };
}

function writtenTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}

async function readActivities(
  { api, host, businessUnit }: Engagement,
  parameters: Record<string, string>,
  kind: CallKind,
  options?: CallOptions,
) {
  const path = `/api/v5/objects/visitor-activities?${new URLSearchParams(parameters).toString()}`;
  const headers = { 'Pardot-Business-Unit-Id': businessUnit };
  const { body } = await api.call({ ...options, kind, method: 'GET', path, host, headers }).catch(refused);
  return readAs(page, body, 'visitor activities of Account Engagement');
}

/** Account Engagement has rights of its own: that it lets nobody in says nothing of the org, which must go on. */
function refused(error: unknown): never {
  if (!(error instanceof FatalError)) throw error;
  const details = error instanceof SalesforceRefusal ? error : { status: 401, codes: [], fields: [] };
  throw new SalesforceRefusal(`Account Engagement does not let us read visitor activities: ${error.message}`, details);
}
