import type { Company } from './company.ts';
import type { Value } from './record.ts';
import { RecordStore } from './record-store.ts';

/** Another range than the contacts' ids, so that one taken for the other is found nowhere. */
const BELOW_FIRST = 21_730_000_000;

/** The companies in order of their ids. */
export class CompanyStore extends RecordStore<Company> {
  constructor() {
    super(BELOW_FIRST);
  }

  add(values: (Value | undefined)[]): Company {
    return this.keep({ ...this.mint(values), contacts: new Set() });
  }
}
