import { LeadgaugeError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { queryTogether } from './api/query.ts';
import { longId } from './api/record-id.ts';
import { rowSchema, textOf } from './row.ts';

/** What the org says of itself. Asked for once, and only when somebody wants to know. */
export interface Organization {
  /** In 18 characters; undefined while Salesforce does not tell. */
  id(options?: CallOptions): Promise<string | undefined>;
  /** The day of an instant (milliseconds since 1970) where the org is: `2026-11-22`. In UTC while Salesforce does not tell. */
  dayOf(at: number, options?: CallOptions): Promise<string>;
}

interface Told {
  readonly id: string | undefined;
  /** IANA. */
  readonly timeZone: string | undefined;
}

export function organization(api: SalesforceApi): Organization {
  let told: Promise<Told> | undefined;
  async function tell(options?: CallOptions): Promise<Told | undefined> {
    told ??= read(api, options);
    try {
      return await told;
    } catch (error) {
      told = undefined;
      if (!(error instanceof LeadgaugeError)) throw error;
      return undefined;
    }
  }

  return {
    id: async (options) => (await tell(options))?.id,
    dayOf: async (at, options) => dayIn((await tell(options))?.timeZone ?? 'UTC', at),
  };
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
async function read(api: SalesforceApi, options?: CallOptions): Promise<Told> {
  const soql = 'SELECT Id,TimeZoneSidKey FROM Organization';
  const [[row = {}] = []] = await queryTogether(api, [{ soql, row: rowSchema }], { kind: 'setup', ...options });
  const id = textOf(row, 'Id');
  return { id: id === undefined ? undefined : longId(id), timeZone: textOf(row, 'TimeZoneSidKey') };
}

function dayIn(timeZone: string, at: number): string {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, ...DAY }).formatToParts(at);
    return ['year', 'month', 'day'].map((part) => parts.find(({ type }) => type === part)?.value).join('-');
  } catch {
    // A zone that Node does not know.
    return new Date(at).toISOString().slice(0, 10);
  }
}

const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
