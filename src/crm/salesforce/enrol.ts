import { z } from 'zod';
import { batches } from '../../base/batches.ts';
import { FatalError, RecordError, RetryableError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { CallOptions } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { insertOnce, type RowError, type RowResult } from './api/collections.ts';
import { type ErrorSort, sortError } from './api/error-table.ts';
import { queryPages } from './api/query.ts';
import { oneOf } from './api/soql.ts';
import { idsOf } from './person-kind.ts';

export interface Enrolling {
  readonly api: SalesforceApi;
  /** How many records one call writes. */
  readonly batchSize: number;
  readonly log?: Log | undefined;
}

/** What became of it: in the campaign, converted meanwhile, to be tried again, refused, or no more. */
type Fate = 'member' | 'converted' | 'again' | 'refused' | 'gone';

/**
 * Makes Leads and Contacts members of a campaign, with the status that new members have there; who is one already stays as they are. A
 * Lead that was converted meanwhile is put there as its Contact. One that a rule of the org's refuses is logged, and holds up no other.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_campaignmember.htm
 * @throws RetryableError where some are not members yet, as others held the lock of the campaign: trying all again changes nothing for
 *   those who are; RecordError where the campaign is no more, which concerns nothing but who is to be in it.
 */
export async function enrol(
  enrolling: Enrolling,
  campaignId: string,
  leadIds: readonly string[],
  options?: CallOptions,
): Promise<void> {
  const people = [...idsOf('Lead', leadIds), ...idsOf('Contact', leadIds)];
  const { converted, again } = await putIn(enrolling, campaignId, people, options);
  const contacts = await contactsOf(enrolling.api, converted, options);
  const locked = [...again, ...(await putIn(enrolling, campaignId, contacts, options)).again];
  if (locked.length > 0)
    throw new RetryableError(
      'the campaign of a nurture rule was locked by others in Salesforce: some leads are not in it yet',
    );
}

async function putIn(
  { api, batchSize, log }: Enrolling,
  campaignId: string,
  people: readonly string[],
  options?: CallOptions,
): Promise<Readonly<Record<Fate, string[]>>> {
  const fates: Record<Fate, string[]> = { member: [], converted: [], again: [], refused: [], gone: [] };
  const codes = new Set<string>();
  for (const batch of batches(people, batchSize)) {
    const records = batch.map((id) => ({
      attributes: { type: 'CampaignMember' },
      CampaignId: campaignId,
      [idsOf('Lead', [id]).length > 0 ? 'LeadId' : 'ContactId']: id,
    }));
    const results = await insertOnce(api, records, options);
    for (const [place, id] of batch.entries()) {
      const fate = fateOf(results[place]);
      fates[fate].push(id);
      if (fate === 'refused') for (const { statusCode } of errorsOf(results[place])) codes.add(statusCode);
    }
  }
  if (fates.refused.length > 0)
    log?.warn('Salesforce does not take leads into the campaign of a nurture rule', {
      campaign: campaignId,
      leads: fates.refused.slice(0, 20).join(' '),
      count: fates.refused.length,
      codes: [...codes].join(' '),
    });
  return fates;
}

const errorsOf = (result: RowResult | undefined): readonly RowError[] =>
  result?.success === false ? result.errors : [];

/** @throws RecordError where it is the campaign that is wrong, and FatalError for what is wrong with all that we write. */
function fateOf(result: RowResult | undefined): Fate {
  const errors = errorsOf(result);
  if (result?.success === true || errors.some(({ statusCode }) => statusCode === THERE_ALREADY)) return 'member';
  const sorts = errors.map(({ statusCode, message }) => sortError(statusCode, message));
  const isOfCampaign = errors.some(({ fields }) => fields.includes('CampaignId'));
  const codes = errors.map(({ statusCode }) => statusCode).join(', ');
  if (sorts.includes('fatal'))
    throw new FatalError(`Salesforce takes no members of campaigns (${codes}): run "leadgauge check"`);
  if (isOfCampaign && sorts.some((sort) => GONE.has(sort)))
    throw new RecordError(
      `Salesforce puts nobody into the campaign of a nurture rule (${codes}): see "leadgauge check", and name another campaign under nurture in config if that one is no more`,
    );
  if (sorts.includes('converted')) return 'converted';
  if (sorts.some((sort) => sort === 'retry' || sort === 'retry-row' || sort === 'daily' || sort === 'concurrent'))
    return 'again';
  return sorts.some((sort) => GONE.has(sort)) ? 'gone' : 'refused';
}

const THERE_ALREADY = 'DUPLICATE_VALUE';

/** An id of nothing is called the same as one of a record that is not shared with our user. */
const GONE: ReadonlySet<ErrorSort> = new Set(['gone', 'no-access']);

/** As many ids as go into the address of one query. */
const IDS_IN_QUERY = 400;

/** What these Leads were converted to, as far as there is anything. */
async function contactsOf(api: SalesforceApi, leads: readonly string[], options?: CallOptions): Promise<string[]> {
  const contacts = new Set<string>();
  for (const some of batches(leads, IDS_IN_QUERY)) {
    const soql = `SELECT Id,ConvertedContactId FROM Lead WHERE Id IN ${oneOf(some)}`;
    for await (const page of queryPages(api, soql, convertedSchema, { kind: 'read', ...options }))
      for (const { ConvertedContactId } of page) if (ConvertedContactId) contacts.add(ConvertedContactId);
  }
  return [...contacts];
}

const convertedSchema = z.looseObject({ Id: z.string(), ConvertedContactId: z.string().nullish() });
