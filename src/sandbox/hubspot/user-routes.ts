import { notFound } from '../http/answer.ts';
import type { Route } from '../http/router.ts';
import type { Owner } from '../portal/owners.ts';
import type { Portal } from '../portal/portal.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { readLimit } from './read-body.ts';
import { namedIn } from './record-answer.ts';

const base = '/crm/objects/{version}/users';
const KIND = 'user';

/** Those who log in to the account, and what they set for themselves. https://developers.hubspot.com/docs/api-reference/latest/crm/objects/users/guide */
export function userRoutes(portal: Portal): Route[] {
  const read = { kind: 'setup', scopes: ['crm.objects.users.read'] } as const;
  return [
    {
      method: 'GET',
      template: base,
      ...read,
      handle({ query }) {
        const limit = readLimit(query, { standard: 10, most: 100 });
        const [from = 0] = readCursor(KIND, query.get('after')) ?? [];
        const users = portal.owners.list({ archived: query.get('archived') === 'true' });
        const page = users.slice(from, from + limit);
        const more = users.length > from + limit;
        const results = page.map((owner) => userAnswer(owner, namedIn(query)));
        const paging = more ? { paging: { next: { after: writeCursor(KIND, from + limit) } } } : {};
        return { status: 200, body: { results, ...paging } };
      },
    },
    {
      method: 'GET',
      template: `${base}/{id}`,
      ...read,
      handle({ params, query }) {
        const owner = portal.owners.list({ archived: false }).find((each) => idOf(each) === params.id);
        if (owner === undefined) throw notFound();
        return { status: 200, body: userAnswer(owner, namedIn(query)) };
      },
    },
  ];
}

/** Another number than those of the owner and of the user across all accounts. */
const idOf = ({ userId }: Owner) => String(207_838_000_000 + userId);

function userAnswer(owner: Owner, named: readonly string[]) {
  const createdAt = new Date(owner.createdAt).toISOString();
  const values: Readonly<Record<string, string | null>> = {
    hs_internal_user_id: String(owner.userId),
    hs_standard_time_zone: owner.timeZone ?? null,
    hs_email: owner.email,
    hubspot_owner_id: owner.id,
  };
  const chosen = named.flatMap((name) => (name in values ? [[name, values[name]] as const] : []));
  const dated = { hs_createdate: createdAt, hs_lastmodifieddate: createdAt, hs_object_id: idOf(owner) };
  return {
    id: idOf(owner),
    properties: { ...Object.fromEntries(chosen), ...dated },
    createdAt,
    updatedAt: createdAt,
    archived: owner.archivedAt !== undefined,
  };
}
