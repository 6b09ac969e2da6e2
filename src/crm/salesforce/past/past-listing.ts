import type { Clock } from '../../../base/clock.ts';
import type { CallOptions, PastFields, PastRecord } from '../../crm.ts';
import type { ModelOutputs } from '../../outputs/output-model.ts';
import type { ObjectDescription } from '../api/describe.ts';
import { bulkFormers } from '../bulk-formers.ts';
import { bulkListing, type ListAll } from '../bulk-listing.ts';
import type { SalesforceConfig } from '../config.ts';
import { fieldColumns, type Visible } from '../field-columns.ts';
import type { Formers } from '../formers.ts';
import type { PersonKind } from '../person-kind.ts';
import type { Reading } from '../read-batch.ts';
import { type Row, textOf } from '../row.ts';
import { keptColumns } from './kept-columns.ts';
import { pastFieldsOf } from './past-fields.ts';
import { mqlColumns, mqlsOf } from './past-marks.ts';
import { convertedAt, madeAt, ownPast, type PastRow, type PastSource, pastOfConverted } from './person-past.ts';
import { readHistory } from './read-history.ts';
import { readTrackedFields, type TrackedFields } from './tracked-fields.ts';

export interface PastListing {
  readonly list: ListAll<PastRecord>;
  fields(options?: CallOptions): Promise<PastFields>;
}

interface Context {
  readonly reading: Reading;
  readonly clock: Clock;
  readonly config: Pick<SalesforceConfig, 'fields'>;
  readonly models: readonly ModelOutputs[];
  readonly visible: Visible;
  readonly described: Readonly<Record<PersonKind, ObjectDescription>>;
}

/**
 * All Leads and then all Contacts with their past. Beside the jobs of `bulkListing` there is one for the history of each kind, which is
 * read whole at the beginning, as it comes in no order; and the Leads that were converted to a page of Contacts come with all their fields.
 */
export function pastListing({ reading, clock, config, models, visible, described }: Context): PastListing {
  const columns = { Lead: fieldColumns('Lead', config, visible), Contact: fieldColumns('Contact', config, visible) };
  const marks = { Lead: mqlColumns(models, visible.Lead), Contact: mqlColumns(models, visible.Contact) };
  const converted = createConverted();
  const leadColumns = [
    ...['CreatedDate', 'ConvertedDate'],
    ...[...columns.Lead, ...marks.Lead].map(({ column }) => column.name),
  ];
  const formers = bulkFormers(reading, clock, { columns: leadColumns, tell: converted.add });
  const sources = new Map<PersonKind, PastSource>();
  let tracked: TrackedFields | undefined;

  async function trackedFields(options: CallOptions): Promise<TrackedFields> {
    tracked ??= await readTrackedFields(reading.api, options);
    return tracked;
  }

  async function sourceOf(kind: PersonKind, options: CallOptions): Promise<PastSource> {
    const known = sources.get(kind);
    if (known !== undefined) return known;
    const { names } = await trackedFields(options);
    const all = [...columns[kind], ...marks[kind]].map(({ column }) => column);
    const kept = keptColumns(all, described[kind], names[kind] ?? []);
    const history = await readHistory({ api: reading.api, clock }, kind, kept, options);
    const source = { fields: columns[kind], marks: marks[kind], kept: new Set(kept), history };
    sources.set(kind, source);
    return source;
  }

  const list = bulkListing<PastRecord>(reading, clock, {
    async open(kind, rows, options) {
      converted.forget();
      const own = await sourceOf(kind, options);
      const leads = await sourceOf('Lead', options);
      const found = await formers.of(kind, rows.map(idOf), options);
      return (row) => {
        const record = reading.mappings[kind].toRecord(row, found.of(idOf(row)));
        const lead = converted.first(found, idOf(row));
        const asLead = lead && { source: leads, row: lead };
        const mqls = mqlsOf(models, [{ source: own, row }, ...(asLead === undefined ? [] : [asLead])]);
        return { ...record, ...pastOf({ source: own, row }, asLead, record.lead), mqls };
      };
    },
    forget() {
      formers.forget();
      sources.clear();
    },
  });

  return {
    list,
    fields: async (options = {}) => pastFieldsOf({ config, columns, described }, await trackedFields(options)),
  };
}

const idOf = (row: Row) => textOf(row, 'Id') ?? '';

function pastOf(
  own: PastRow,
  lead: PastRow | undefined,
  present: PastRecord['lead'],
): Pick<PastRecord, 'lead' | 'past' | 'convertedAt'> {
  if (lead === undefined) return { lead: present, past: ownPast(own) };
  const at = convertedAt(lead.row, own.row);
  return {
    lead: { ...present, createdAt: Math.min(present.createdAt, madeAt(lead.row)) },
    past: pastOfConverted(lead, own),
    ...(at !== undefined && { convertedAt: at }),
  };
}

/** The Leads that were converted to the Contacts of one page. */
function createConverted() {
  const rows = new Map<string, Row>();
  return {
    add: (row: Row) => void rows.set(idOf(row), row),
    forget: () => rows.clear(),
    /** The one by which the person was known first. */
    first(formers: Formers, contactId: string): Row | undefined {
      const own = formers.of(contactId).map(({ id }) => rows.get(id));
      return own.filter((row) => row !== undefined).sort((one, other) => madeAt(one) - madeAt(other))[0];
    },
  };
}
