import type { Scope } from '../http/tokens.ts';
import type { Company } from '../portal/company.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import type { CrmRecord } from '../portal/record.ts';
import { SALES_KINDS } from '../portal/sales-properties.ts';
import { linkSalesRecord } from '../portal/write-sales.ts';
import { type AssociationType, COMPANY_AND_CONTACT, type Direction, SALES_TYPES } from './association-types.ts';
import type { ObjectName } from './record-type.ts';
import { SALES_SCOPES } from './sales-type.ts';

/** A record that another is associated with, and how. */
export interface Linked {
  readonly id: string;
  readonly types: readonly AssociationType[];
}

/** One direction in which records of two types are associated. */
export interface Pair {
  readonly from: ObjectName;
  readonly to: ObjectName;
  /** Every way in which one may be associated with the other. */
  readonly types: readonly AssociationType[];
  /** Any of these lets an app read it. */
  readonly scopes: readonly Scope[];
  /** Undefined for a record that is not there. */
  linksOf(id: string): readonly Linked[] | undefined;
  /** Whether there is such a record to be associated with. */
  has(toId: string): boolean;
  /** Associates two records that are there. */
  link(fromId: string, toId: string): void;
}

interface Side<T extends CrmRecord> {
  readonly name: ObjectName;
  readonly store: { find(id: string): T | undefined };
}

/** Contacts and companies, what sales keeps and whom it is about, in both directions. */
export function associationPairs(portal: Portal): Pair[] {
  const contacts = { name: 'contacts', store: portal.contacts } as const;
  const companies = { name: 'companies', store: portal.companies } as const;
  const sales = SALES_KINDS.flatMap((kind): Pair[] => {
    const { store, contacts: people, companies: employers } = portal.sales[kind];
    const side = { name: kind, store };
    const types = SALES_TYPES[kind];
    return [
      ...bothWays(side, contacts, types.contact, {
        scopes: [SALES_SCOPES[kind].read],
        there: (record) => people.to(record),
        back: (contact) => people.from(contact),
        isPrimary: () => false,
        link: (record, contact) => linkSalesRecord(portal, kind, record, { contacts: [contact] }),
      }),
      ...bothWays(side, companies, types.company, {
        scopes: [SALES_SCOPES[kind].read],
        there: (record) => employers.to(record),
        back: (company) => employers.from(company),
        isPrimary: (record, company) => employers.to(record)[0] === company,
        link: (record, company) => linkSalesRecord(portal, kind, record, { companies: [company] }),
      }),
    ];
  });
  const companyOf = (contact: Contact) =>
    portal.companies.find(String(portal.valueOf(contact, 'associatedcompanyid') ?? ''));
  const employment = bothWays<Contact, Company>(contacts, companies, COMPANY_AND_CONTACT, {
    scopes: ['crm.objects.contacts.read', 'crm.objects.companies.read'],
    there: (contact) => [companyOf(contact)].filter((company) => company !== undefined),
    back: (company) => [...company.contacts],
    isPrimary: () => true,
    link: (contact, company) => portal.write(contact, { associatedcompanyid: company.number }, 'INTEGRATION'),
  });
  return [...employment, ...sales];
}

interface Relation<From, To> {
  readonly scopes: readonly Scope[];
  there(from: From): readonly To[];
  back(to: To): readonly From[];
  isPrimary(from: From, to: To): boolean;
  link(from: From, to: To): void;
}

function bothWays<From extends CrmRecord, To extends CrmRecord>(
  from: Side<From>,
  to: Side<To>,
  direction: Direction,
  relation: Relation<From, To>,
): Pair[] {
  const { scopes, there, back, isPrimary } = relation;
  const linked = (record: CrmRecord, all: readonly AssociationType[], primary: boolean): Linked => {
    return { id: record.id, types: primary ? all : all.filter(({ label }) => label === null) };
  };
  const link = (one: From | undefined, other: To | undefined) => {
    if (one !== undefined && other !== undefined) relation.link(one, other);
  };
  return [
    {
      from: from.name,
      to: to.name,
      types: direction.there,
      scopes,
      linksOf(id) {
        const one = from.store.find(id);
        return one && there(one).map((other) => linked(other, direction.there, isPrimary(one, other)));
      },
      has: (id) => to.store.find(id) !== undefined,
      link: (fromId, toId) => link(from.store.find(fromId), to.store.find(toId)),
    },
    {
      from: to.name,
      to: from.name,
      types: direction.back,
      scopes,
      linksOf(id) {
        const other = to.store.find(id);
        return other && back(other).map((one) => linked(one, direction.back, isPrimary(one, other)));
      },
      has: (id) => from.store.find(id) !== undefined,
      link: (fromId, toId) => link(from.store.find(toId), to.store.find(fromId)),
    },
  ];
}
