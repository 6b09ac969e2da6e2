import { z } from 'zod';
import { type Answer, HubSpotError, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import { peopleOf } from '../portal/act.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import { chooseProperties, contactAnswer, namedIn } from './contact-answer.ts';
import { readBody, readLimit } from './read-body.ts';
import { readInput } from './write-input.ts';

const base = '/crm/objects/{version}/contacts';
const READ = ['crm.objects.contacts.read'] as const;
const WRITE = ['crm.objects.contacts.write'] as const;
/** Longer ones are refused before HubSpot looks at them. */
const LONGEST_QUERY = 15_000;

const writeBody = z.object({ properties: z.record(z.string(), z.unknown()) });
const mergeBody = z.object({ primaryObjectId: z.string(), objectIdToMerge: z.string() });
const eraseBody = z.object({ objectId: z.string(), idProperty: z.string().optional() });

/** One contact at a time, and the list. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function contactRoutes(portal: Portal): Route[] {
  return [
    { method: 'GET', template: base, kind: 'read', scopes: READ, handle: (call) => list(portal, call) },
    { method: 'POST', template: base, kind: 'write', scopes: WRITE, handle: (call) => create(portal, call) },
    { method: 'GET', template: `${base}/{id}`, kind: 'read', scopes: READ, handle: (call) => get(portal, call) },
    { method: 'PATCH', template: `${base}/{id}`, kind: 'write', scopes: WRITE, handle: (call) => update(portal, call) },
    {
      method: 'DELETE',
      template: `${base}/{id}`,
      kind: 'write',
      scopes: WRITE,
      handle: (call) => archive(portal, call),
    },
    { method: 'POST', template: `${base}/merge`, kind: 'write', scopes: WRITE, handle: (call) => merge(portal, call) },
    {
      method: 'POST',
      template: `${base}/gdpr-delete`,
      kind: 'write',
      scopes: WRITE,
      handle: (call) => erase(portal, call),
    },
  ];
}

function list(portal: Portal, { query }: Call): Answer {
  if (query.toString().length > LONGEST_QUERY) throw new HubSpotError(414, 'URI_TOO_LONG', 'URI Too Long');
  const limit = readLimit(query, { standard: 10, most: 100 });
  const after = query.get('after') ?? '0';
  if (!/^\d+$/.test(after)) throw invalid('The after parameter is not the one of a page of this list.');
  const { contacts, more } = portal.contacts.page(Number(after), limit, query.get('archived') === 'true');
  const chosen = chooseProperties(portal, namedIn(query));
  const last = contacts.at(-1);
  return {
    status: 200,
    body: {
      results: contacts.map((contact) => contactAnswer(portal, contact, chosen)),
      ...(more && last !== undefined ? { paging: { next: { after: last.id, link: `?after=${last.id}` } } } : {}),
    },
  };
}

function get(portal: Portal, { params, query }: Call): Answer {
  const contact =
    query.get('archived') === 'true' ? portal.contacts.findArchived(params.id ?? '') : target(portal, params, query);
  if (contact === undefined) throw notFound();
  return { status: 200, body: contactAnswer(portal, contact, chooseProperties(portal, namedIn(query))) };
}

function create(portal: Portal, { body }: Call): Answer {
  const { properties } = readBody(writeBody, body);
  const input = readInput(portal, properties, undefined);
  if ('problem' in input) throw input.problem;
  const contact = portal.create(input.values, 'INTEGRATION');
  return { status: 201, body: contactAnswer(portal, contact, chooseProperties(portal, Object.keys(properties))) };
}

function update(portal: Portal, { params, query, body }: Call): Answer {
  const { properties } = readBody(writeBody, body);
  const contact = target(portal, params, query);
  if (contact === undefined) throw notFound();
  const input = readInput(portal, properties, contact);
  if ('problem' in input) throw input.problem;
  portal.write(contact, input.values, 'INTEGRATION');
  return { status: 200, body: contactAnswer(portal, contact, chooseProperties(portal, Object.keys(properties))) };
}

function archive(portal: Portal, { params }: Call): Answer {
  if (portal.contacts.find(params.id ?? '') !== undefined) peopleOf(portal).remove(params.id ?? '');
  return { status: 204 };
}

function merge(portal: Portal, { body }: Call): Answer {
  const { primaryObjectId, objectIdToMerge } = readBody(mergeBody, body);
  const [primary, other] = [portal.contacts.find(primaryObjectId), portal.contacts.find(objectIdToMerge)];
  if (primary === undefined || other === undefined) throw notFound();
  if (primary === other) throw invalid('Unable to merge a contact with itself');
  const merged = peopleOf(portal).merge(primary.id, other.id);
  return { status: 200, body: contactAnswer(portal, merged, chooseProperties(portal, undefined)) };
}

function erase(portal: Portal, { body }: Call): Answer {
  const { objectId, idProperty } = readBody(eraseBody, body);
  const id = idProperty === 'email' ? portal.contacts.findByEmail(objectId.toLowerCase())?.id : objectId;
  if (id === undefined || (portal.contacts.find(id) ?? portal.contacts.findArchived(id)) === undefined)
    throw notFound();
  peopleOf(portal).eraseForPrivacy(id);
  return { status: 204 };
}

function target(portal: Portal, params: Call['params'], query: URLSearchParams): Contact | undefined {
  const id = params.id ?? '';
  return query.get('idProperty') === 'email' ? portal.contacts.findByEmail(id.toLowerCase()) : portal.contacts.find(id);
}
