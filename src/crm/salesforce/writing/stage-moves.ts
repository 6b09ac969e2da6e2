import { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import type { CallOptions, LeadChange } from '../../crm.ts';
import { MOST_TOGETHER, type Query, queryTogether } from '../api/query.ts';
import { oneOf } from '../api/soql.ts';
import { isBeforeLead, recycledStage, stageOf } from '../lifecycle.ts';
import type { FieldValue } from '../outputs.ts';
import { isContactId, isLeadId } from './row-update.ts';
import type { WriteContext } from './write-context.ts';

/** What a move of the stage writes, by the id of the lead; an empty object where the record stands elsewhere by now. */
export type StageMoves = ReadonlyMap<string, Readonly<Record<string, FieldValue>>>;

export type StageMove = Pick<LeadChange, 'id' | 'promote' | 'demote' | 'toLead'>;

/** Whether it asks for a move at all. */
export function isMove({ promote, demote, toLead }: StageMove): boolean {
  return promote === true || demote === true || toLead === true;
}

const IDS_PER_QUERY = 300;

/**
 * Salesforce would move a stage anywhere: that it only moves forward to a lead or to MQL, and only back from MQL, is ours to see to. The records
 * are read afresh for it, as sales may have moved them since the lead was read.
 */
export async function stageMoves(
  context: WriteContext,
  changes: readonly StageMove[],
  options?: CallOptions,
): Promise<StageMoves> {
  const { api, config } = context;
  const moving = new Map(changes.filter(isMove).map((move) => [move.id, move]));
  if (config.lifecycle === 'off' || moving.size === 0) return new Map();
  const queries: Query<Standing>[] = [];
  for (const ids of batches([...moving.keys()].filter(isLeadId), IDS_PER_QUERY))
    queries.push({ soql: `SELECT ${leadFields(context)} FROM Lead WHERE Id IN ${oneOf(ids)}`, row: standing });
  for (const ids of batches([...moving.keys()].filter(isContactId), IDS_PER_QUERY))
    queries.push({ soql: `SELECT Id,${config.lifecycle.field} FROM Contact WHERE Id IN ${oneOf(ids)}`, row: standing });
  const moves = new Map<string, Record<string, FieldValue>>([...moving.keys()].map((id) => [id, {}]));
  const promotes = changes.some(({ promote }) => promote === true);
  const today = promotes ? await context.dayOf(context.clock.now(), options) : '';
  for (const together of batches(queries, MOST_TOGETHER)) {
    for (const rows of await queryTogether(api, together, { kind: 'read', ...options })) {
      for (const row of rows) {
        const change = moving.get(row.Id);
        if (change !== undefined) moves.set(row.Id, moveOf(context, change, row, today));
      }
    }
  }
  return moves;
}

const standing = z.looseObject({ Id: z.string() });
type Standing = z.output<typeof standing>;

function leadFields({ config }: WriteContext): string {
  const { lifecycle, lead_status, rating } = config;
  return [
    'Id',
    ...(lifecycle === 'off' ? [] : [lifecycle.field]),
    ...(lead_status === undefined ? [] : ['Status']),
    ...(rating === undefined ? [] : ['Rating']),
  ].join(',');
}

function moveOf(context: WriteContext, change: StageMove, record: Standing, today: string): Record<string, FieldValue> {
  const { config } = context;
  const { lifecycle } = config;
  if (lifecycle === 'off') return {};
  const stands = stageOf(lifecycle, record[lifecycle.field]);
  if (change.toLead === true) {
    const isBefore = isBeforeLead(lifecycle, record[lifecycle.field]) === true;
    return isBefore && lifecycle.lead !== undefined ? { [lifecycle.field]: lifecycle.lead } : {};
  }
  if (change.demote === true) {
    const back = recycledStage(config);
    return stands === 'mql' && back !== undefined ? { [lifecycle.field]: back } : {};
  }
  if (stands !== 'before-mql') return {};
  const onLead = isLeadId(record.Id) ? { ...statusOf(context, record), ...ratingOf(context) } : {};
  return { [lifecycle.field]: lifecycle.mql, [lifecycle.mql_date]: today, ...onLead };
}

/** Forward only as well, in the org's own order: a lead that sales works on already is not put back to an earlier status. */
function statusOf({ config, leadStatuses }: WriteContext, { Status }: Standing): Record<string, FieldValue> {
  const wanted = config.lead_status?.mql;
  if (wanted === undefined) return {};
  const now = typeof Status === 'string' ? leadStatuses.indexOf(Status) : -1;
  return now < leadStatuses.indexOf(wanted) ? { Status: wanted } : {};
}

function ratingOf({ config: { rating } }: WriteContext): Record<string, FieldValue> {
  return rating === undefined ? {} : { Rating: rating.mql };
}
