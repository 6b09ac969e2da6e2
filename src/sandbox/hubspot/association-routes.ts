import { z } from 'zod';
import { type Answer, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Scope } from '../http/tokens.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { CONTACT_TO_TASK, TASK_TO_CONTACT } from '../portal/tasks.ts';
import { readBody, readLimit } from './read-body.ts';

/** Association types: the primary company of a contact, and back; each comes with the plain type of the pair. */
const CONTACT_TO_PRIMARY_COMPANY = 1;
const PRIMARY_COMPANY_TO_CONTACT = 2;
const CONTACT_TO_COMPANY = 279;
const COMPANY_TO_CONTACT = 280;

const batchBody = z.object({
  inputs: z
    .array(z.object({ id: z.coerce.string() }))
    .min(1)
    .max(1_000),
});

interface AssociationType {
  readonly typeId: number;
  readonly label: string | null;
}
/** What a record is associated with; undefined for a record that is not there. */
type LinksOf = (id: string) => readonly { readonly id: string }[] | undefined;
interface Pair {
  readonly from: string;
  readonly to: string;
  readonly types: readonly AssociationType[];
  readonly scopes: readonly Scope[];
  readonly linksOf: LinksOf;
}

/** From contacts to their tasks and companies, and back. https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
export function associationRoutes(portal: Portal): Route[] {
  return pairsOf(portal).flatMap((pair): Route[] => [
    {
      method: 'GET',
      template: `/crm/objects/{version}/${pair.from}/{id}/associations/${pair.to}`,
      kind: 'read',
      scopes: pair.scopes,
      handle: (call) => list(call, pair),
    },
    {
      method: 'POST',
      template: `/crm/associations/{version}/${pair.from}/${pair.to}/batch/read`,
      kind: 'read',
      scopes: pair.scopes,
      handle: (call) => readBatch(portal, call, pair),
    },
  ]);
}

function pairsOf(portal: Portal): Pair[] {
  const { contacts, companies, tasks } = portal;
  const ofTasks = ['crm.objects.contacts.read'] as const;
  const ofCompanies = ['crm.objects.contacts.read', 'crm.objects.companies.read'] as const;
  return [
    {
      from: 'contacts',
      to: 'tasks',
      types: [plain(CONTACT_TO_TASK)],
      scopes: ofTasks,
      linksOf: (id) => {
        const contact = contacts.find(id);
        return contact && tasks.ofContact(contact);
      },
    },
    {
      from: 'tasks',
      to: 'contacts',
      types: [plain(TASK_TO_CONTACT)],
      scopes: ofTasks,
      linksOf: (id) => {
        const task = tasks.find(id);
        return task && [...task.contacts].filter(isLive);
      },
    },
    {
      from: 'contacts',
      to: 'companies',
      types: [{ typeId: CONTACT_TO_PRIMARY_COMPANY, label: 'Primary' }, plain(CONTACT_TO_COMPANY)],
      scopes: ofCompanies,
      linksOf: (id) => {
        const contact = contacts.find(id);
        if (contact === undefined) return undefined;
        const company = companies.find(String(portal.valueOf(contact, 'associatedcompanyid') ?? ''));
        return company === undefined ? [] : [company];
      },
    },
    {
      from: 'companies',
      to: 'contacts',
      types: [{ typeId: PRIMARY_COMPANY_TO_CONTACT, label: 'Primary' }, plain(COMPANY_TO_CONTACT)],
      scopes: ofCompanies,
      linksOf: (id) => {
        const company = companies.find(id);
        return company && [...company.contacts];
      },
    },
  ];
}

function plain(typeId: number): AssociationType {
  return { typeId, label: null };
}

function linked(records: readonly { readonly id: string }[], { types }: Pair) {
  const associationTypes = types.map(({ typeId, label }) => ({ category: 'HUBSPOT_DEFINED', typeId, label }));
  return records.map(({ id }) => ({ toObjectId: id, associationTypes }));
}

function list({ params, query }: Call, pair: Pair): Answer {
  const links = pair.linksOf(params.id ?? '');
  if (links === undefined) throw notFound();
  const limit = readLimit(query, { standard: 500, most: 500 });
  const from = Number(query.get('after') ?? 0);
  const more = links.length > from + limit ? { paging: { next: { after: String(from + limit) } } } : {};
  return { status: 200, body: { results: linked(links.slice(from, from + limit), pair), ...more } };
}

function readBatch(portal: Portal, { body }: Call, pair: Pair): Answer {
  const { inputs } = readBody(batchBody, body);
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const { id } of inputs) {
    const links = pair.linksOf(id) ?? [];
    if (links.length > 0) results.push({ from: { id }, to: linked(links, pair) });
    else {
      const message = `No associations were found for record ${id}`;
      errors.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message,
        context: { fromObjectId: [id] },
      });
    }
  }
  const at = new Date(portal.now()).toISOString();
  const common = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: 200, body: common };
  return { status: 207, body: { ...common, numErrors: errors.length, errors } };
}

function isLive(contact: Contact): boolean {
  return contact.state === 'live';
}
