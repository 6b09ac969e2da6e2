import { z } from 'zod';
import { notFound } from '../http/answer.ts';
import type { Route } from '../http/router.ts';
import { peopleOf } from '../portal/act.ts';
import type { Portal } from '../portal/portal.ts';
import { readBody } from './read-body.ts';

const eraseBody = z.object({ objectId: z.string(), idProperty: z.string().optional() });

/** Deletion for good, of contacts alone. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function privacyRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'POST',
      template: '/crm/objects/{version}/contacts/gdpr-delete',
      kind: 'write',
      scopes: ['crm.objects.contacts.write'],
      handle: ({ body }) => {
        const { objectId, idProperty } = readBody(eraseBody, body);
        const id = idProperty === 'email' ? portal.contacts.findByEmail(objectId.toLowerCase())?.id : objectId;
        if (
          id === undefined ||
          (portal.contacts.find(id) ?? portal.contacts.findArchived(id, portal.now())) === undefined
        )
          throw notFound();
        peopleOf(portal).eraseForPrivacy(id);
        return { status: 204 };
      },
    },
  ];
}
