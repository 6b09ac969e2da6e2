import nock from 'nock';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ActivityStream, Observation, StreamWindow } from '../../../../src/crm/crm.ts';
import { longId } from '../../../../src/crm/salesforce/api/record-id.ts';
import { type SalesforceConfig, salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { openStreams } from '../../../../src/crm/salesforce/streams/open-streams.ts';
import type { StreamState } from '../../../../src/crm/salesforce/streams/stream-states.ts';
import type { StreamKey } from '../../../../src/crm/salesforce/streams-config.ts';
import { createBench, ORG, problem, signsIn, TOKENS } from '../../../support/salesforce-transcript.ts';

export const NOON = Date.UTC(2026, 10, 2, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The poll of an hour: what was touched from 11 to 12. */
export const WINDOW: StreamWindow = { from: NOON - HOUR, to: NOON };

/** The 18 characters of the id with this number. */
export const id = (prefix: string, number: number) => longId(`${prefix}${String(number).padStart(12, '0')}`);
export const LEAD = id('00Q', 1);
export const OTHER_LEAD = id('00Q', 2);
export const CONTACT = id('003', 1);
export const OTHER_CONTACT = id('003', 2);
export const USER = id('005', 1);

/** As REST writes a time. */
export const written = (at: number) => new Date(at).toISOString().replace('Z', '+0000');
/** As a query writes a time. */
export const inQuery = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');

/** The rows of an object, or the error code of a query for it. */
export type Table = readonly object[] | string | ((soql: string) => readonly object[] | string);

/**
 * An org that answers every query for an object with the same rows, whatever its conditions, and keeps what it was asked: the
 * queries of each call together.
 */
export function orgWith(tables: Readonly<Record<string, Table>>) {
  const asked: string[][] = [];
  const answer = (soql: string): [number, object] => {
    const table = tables[/ FROM (\w+) /.exec(soql)?.[1] ?? ''] ?? 'INVALID_TYPE';
    const records = typeof table === 'function' ? table(soql) : table;
    if (typeof records === 'string') return [400, problem(records, records === 'INVALID_FIELD' ? HIDDEN : undefined)];
    return [200, { totalSize: records.length, done: true, records }];
  };
  nock.cleanAll();
  signsIn(TOKENS[0]);
  nock(ORG)
    .persist()
    .get(/^\/services\/data\/v68\.0\/query(?:All)?\?/)
    .reply(async ({ url }: Request) => {
      const soql = soqlOf(url);
      asked.push([soql]);
      return answer(soql);
    });
  nock(ORG)
    .persist()
    .post('/services/data/v68.0/composite')
    .reply(async (request: Request) => {
      const { compositeRequest } = compositeSchema.parse(await request.json());
      asked.push(compositeRequest.map(({ url }) => soqlOf(url)));
      const compositeResponse = compositeRequest.map(({ url, referenceId }) => {
        const [httpStatusCode, answered] = answer(soqlOf(url));
        return { referenceId, httpStatusCode, httpHeaders: {}, body: answered };
      });
      return [200, { compositeResponse }];
    });
  return { asked, ...createBench() };
}

const HIDDEN = "No such column 'Hidden' on entity 'Task'";

const compositeSchema = z.object({ compositeRequest: z.array(z.object({ url: z.string(), referenceId: z.string() })) });

/** Which records, and whether the deleted ones too: `all SELECT …`. */
function soqlOf(uri: string): string {
  const url = new URL(uri, ORG);
  return `${url.pathname.endsWith('All') ? 'all ' : ''}${url.searchParams.get('q')}`;
}

export function forgetOrgs(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  afterAll(() => nock.restore());
}

export function configOf(yaml = ''): SalesforceConfig {
  return salesforceConfigSchema.parse(parse(`fields: { email: Email }\n${yaml}`));
}

export interface Opened {
  readonly yaml?: string;
  readonly campaigns?: Readonly<Record<string, readonly string[]>>;
  readonly open: readonly StreamKey[];
  readonly tables: Readonly<Record<string, Table>>;
}

/** The streams of an org of which these kinds are open. */
export function streamsOf({ yaml, campaigns = {}, open, tables }: Opened) {
  const org = orgWith(tables);
  const states = new Map(open.map((key): [StreamKey, StreamState] => [key, 'open']));
  const streams = openStreams({
    api: org.api,
    config: configOf(yaml),
    states,
    campaigns: new Map(Object.entries(campaigns)),
  });
  return { ...org, streams, pull: (name: string, window = WINDOW) => pullAll(named(streams, name), window) };
}

export function named(streams: readonly ActivityStream[], name: string): ActivityStream {
  const found = streams.find((stream) => stream.name === name);
  if (found === undefined) throw new Error(`no stream ${name} among ${streams.map((each) => each.name).join(', ')}`);
  return found;
}

export async function pullAll(stream: ActivityStream, window: StreamWindow): Promise<Observation[]> {
  return (await Array.fromAsync(stream.pull(window))).flat();
}

/** One line of an observation: who, what, and what of it is out of the ordinary. */
export function told({ person, activity, withdrawn }: Observation) {
  return {
    who: 'leadId' in person ? person.leadId : person.email,
    ...activity,
    ...(withdrawn && { withdrawn }),
  };
}
