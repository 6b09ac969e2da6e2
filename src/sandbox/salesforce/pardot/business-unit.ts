import { DailyRequests } from '../org/daily-requests.ts';
import type { Org } from '../org/org.ts';
import type { VisitorActivity } from '../org/prospects.ts';
import { activityTable } from './activity-table.ts';
import { type Asset, assetTable } from './asset-table.ts';
import type { PardotTable } from './pardot-table.ts';
import { prospectTable } from './prospect-table.ts';
import type { Relation } from './selection.ts';
import { ZonedTime } from './zoned-time.ts';

/** Of the smallest edition, in any 24 hours. https://help.salesforce.com/s/articleView?id=sf.pardot_admin_api_using.htm */
const DAILY_REQUESTS = 25_000;

/** Account Engagement, as the business unit of one org: its tables, and how late and how far its API shows them. */
export class BusinessUnit {
  /** How late queries learn of what happened, in milliseconds; up to 60,000 at Account Engagement. */
  cacheLag = 0;
  /** After so many records a sequence of pages ends. */
  mostRecords = 100_000;
  readonly requests: DailyRequests;
  /** Of the user who calls: in their time zone times are told. */
  readonly time: ZonedTime;
  readonly tables: readonly PardotTable[];
  readonly relations: Readonly<Record<string, Relation>>;
  readonly #org: Org;
  readonly #forms = new Assets('formId');
  readonly #formHandlers = new Assets('formHandlerId');

  constructor(org: Org) {
    this.#org = org;
    this.requests = new DailyRequests(org.settings.clock, DAILY_REQUESTS);
    this.time = new ZonedTime(org.settings.timeZone);
    const { activities } = org.prospects;
    const prospects = prospectTable(org);
    const forms = assetTable('forms', () => this.#forms.all(activities));
    const formHandlers = assetTable('form-handlers', () => this.#formHandlers.all(activities));
    this.tables = [activityTable(() => activities), prospects, forms, formHandlers];
    this.relations = {
      prospect: { key: 'prospectId', table: prospects },
      form: { key: 'formId', table: forms },
      formHandler: { key: 'formHandlerId', table: formHandlers },
    };
  }

  /** `0Uv…`; undefined where the org has no business unit. */
  get id(): string | undefined {
    return this.#org.settings.businessUnitId;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#org.settings.clock.now();
  }

  /** Gives the id to name in a visitor's activity. */
  addForm(name: string): number {
    return this.#forms.add(name, this.#org.now());
  }

  addFormHandler(name: string): number {
    return this.#formHandlers.add(name, this.#org.now());
  }
}

const FIRST_ID = 5_001;

/** Forms or form handlers: those that were added, and those that activities tell of. */
class Assets {
  readonly #key: 'formId' | 'formHandlerId';
  readonly #assets: Asset[] = [];
  readonly #ids = new Set<number>();
  #seen = 0;

  constructor(key: 'formId' | 'formHandlerId') {
    this.#key = key;
  }

  add(name: string, createdAt: number): number {
    let id = FIRST_ID + this.#assets.length;
    while (this.#ids.has(id)) id++;
    this.#keep({ id, name, createdAt });
    return id;
  }

  all(activities: readonly VisitorActivity[]): readonly Asset[] {
    for (; this.#seen < activities.length; this.#seen++) {
      const activity = activities[this.#seen];
      const id = activity?.[this.#key];
      if (activity !== undefined && id !== undefined && !this.#ids.has(id))
        this.#keep({ id, name: activity.details ?? `Form ${id}`, createdAt: activity.createdAt });
    }
    return this.#assets;
  }

  #keep(asset: Asset): void {
    this.#ids.add(asset.id);
    this.#assets.push(asset);
  }
}
