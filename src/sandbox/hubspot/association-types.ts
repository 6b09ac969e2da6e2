import type { SalesKind } from '../portal/sales-properties.ts';

/** One of HubSpot's own ways in which a record is associated with another. */
export interface AssociationType {
  readonly typeId: number;
  /** Null for the plain one, which every pair of records has. */
  readonly label: string | null;
  /** What the v3 answers call it. */
  readonly name: string;
}

/** From the first type of record to the second, and back. */
export interface Direction {
  readonly there: readonly AssociationType[];
  readonly back: readonly AssociationType[];
}

/** From contacts to companies, and back: the primary one comes with the plain type as well. https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associations-schema/guide */
export const COMPANY_AND_CONTACT: Direction = {
  there: [primary(1, 'contact_to_company'), plain(279, 'contact_to_company_unlabeled')],
  back: [primary(2, 'company_to_contact'), plain(280, 'company_to_contact_unlabeled')],
};

/** From what sales keeps to contacts and companies, and back. */
export const SALES_TYPES: Readonly<Record<SalesKind, Readonly<Record<'contact' | 'company', Direction>>>> = {
  calls: typesOf('call', { contact: [194, 193], company: [182, 181] }),
  meetings: typesOf('meeting_event', { contact: [200, 199], company: [188, 187] }),
  emails: typesOf('email', { contact: [198, 197], company: [186, 185] }),
  tasks: typesOf('task', { contact: [204, 203], company: [192, 191] }),
  deals: {
    ...typesOf('deal', { contact: [3, 4], company: [341, 342] }),
    company: {
      there: [primary(5, 'deal_to_company'), plain(341, 'deal_to_company_unlabeled')],
      back: [primary(6, 'company_to_deal'), plain(342, 'company_to_deal_unlabeled')],
    },
  },
};

function typesOf(
  word: string,
  ids: Readonly<Record<'contact' | 'company', readonly [number, number]>>,
): Record<'contact' | 'company', Direction> {
  const direction = (other: 'contact' | 'company'): Direction => ({
    there: [plain(ids[other][0], `${word}_to_${other}`)],
    back: [plain(ids[other][1], `${other}_to_${word}`)],
  });
  return { contact: direction('contact'), company: direction('company') };
}

function plain(typeId: number, name: string): AssociationType {
  return { typeId, label: null, name };
}

function primary(typeId: number, name: string): AssociationType {
  return { typeId, label: 'Primary', name };
}
