import type { Company } from './company.ts';
import type { Contact } from './contact.ts';
import { Links } from './links.ts';
import { PropertyRegistry } from './property-registry.ts';
import type { CrmRecord, Value, Values } from './record.ts';
import { RecordStore } from './record-store.ts';
import { RecordTable } from './record-table.ts';
import { SALES_PROPERTIES, type SalesKind } from './sales-properties.ts';

/** Each kind has ids of its own range, so that one taken for another is found nowhere. */
const BELOW_FIRST: Readonly<Record<SalesKind, number>> = {
  calls: 52_310_000_000,
  meetings: 55_840_000_000,
  emails: 58_170_000_000,
  tasks: 61_090_000_000,
  deals: 17_450_000_000,
};

/** All calls, or all meetings, e-mails, tasks or deals: the records, and whom they are about. */
export class SalesRecords {
  readonly kind: SalesKind;
  readonly store: SalesStore;
  readonly table: RecordTable<CrmRecord>;
  readonly contacts = new Links<CrmRecord, Contact>();
  readonly companies = new Links<CrmRecord, Company>();

  constructor(kind: SalesKind, now: number) {
    this.kind = kind;
    this.store = new SalesStore(BELOW_FIRST[kind]);
    const created = kind === 'deals' ? 'createdate' : 'hs_createdate';
    this.table = new RecordTable(new PropertyRegistry(SALES_PROPERTIES[kind], now), 'hs_lastmodifieddate', created);
  }

  /** Adds a record of these values, known to be valid, and tells nobody. Times are milliseconds since 1970. */
  add(values: Values, at: { created: number; modified: number }): CrmRecord {
    const slots = this.table.slotsOf([values], at);
    const record = this.store.add(slots);
    slots[this.table.properties.slot('hs_object_id')] = record.number;
    this.table.index.added(record, at.modified);
    return record;
  }
}

class SalesStore extends RecordStore<CrmRecord> {
  add(values: (Value | undefined)[]): CrmRecord {
    return this.keep(this.mint(values));
  }
}
