import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import type { Version } from '../portal/property-history.ts';
import type { Value } from '../portal/record.ts';
import type { RuledLife } from './by-rule.ts';

/** What is known of when a contact's properties changed. Times are milliseconds since 1970. */
export interface Recalled {
  readonly created: number;
  readonly boughtAt: number | undefined;
  /** The title before the new one; undefined where there was none. */
  readonly title: Value | undefined;
  readonly edits: Pick<RuledLife, 'timeframeAt' | 'newTitle'> | undefined;
}

/** Lets the portal remember what the properties of a contact held before, whose present values it has. */
export function recall(portal: Portal, contact: Contact, { created, boughtAt, title, edits }: Recalled): void {
  const keep = (name: string, steps: readonly (readonly [at: number, value: Value | undefined])[]) => {
    const known = steps.filter(([, value], index) => value !== undefined || index > 0);
    const versions = known.map(([at, value]): Version => ({ value, at, source: 'CRM_UI' }));
    portal.history.keep(contact, portal.properties.slot(name), versions);
  };
  if (!portal.settings.keepsHistory) return;
  if (boughtAt !== undefined)
    keep('lifecyclestage', stagesTo(portal.textOf(contact, 'lifecyclestage'), created, boughtAt));
  if (edits?.timeframeAt !== undefined) keep('timeframe', [[edits.timeframeAt, 'now']]);
  if (edits?.newTitle !== undefined) {
    keep('jobtitle', [
      [created, title],
      [edits.newTitle.at, edits.newTitle.title],
    ]);
  }
}

/** How a buyer came to the stage of today: a lead first, a customer with the sale. */
function stagesTo(stage: string | undefined, created: number, boughtAt: number): (readonly [number, string])[] {
  const customer = [boughtAt, 'customer'] as const;
  if (stage === 'customer') return [[created, 'lead'], customer];
  if (stage === 'evangelist') return [[created, 'lead'], customer, [boughtAt, stage]];
  return [[created, stage ?? 'lead']];
}
