import { z } from 'zod';
import type { Org } from '../org/org.ts';
import type { QueryCursors } from '../rest/query-cursors.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { controlRoute } from './control-routes.ts';
import { readBody } from './read-body.ts';
import type { Answer, Route } from './route.ts';
import { notFound } from './salesforce-error.ts';

interface Controlled {
  readonly org: Org;
  readonly signIn: SignIn;
  readonly cursors: QueryCursors;
}

const DONE: Answer = { status: 204 };
const limitsBody = z.object({ dailyRequests: z.number().int().nonnegative() });
const lockBody = z.object({ id: z.string(), times: z.number().int().positive().default(1) });
const refusalBody = z.object({
  id: z.string().optional(),
  type: z.string().optional(),
  times: z.number().int().positive().optional(),
  error: z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).default([]) }),
});

/** What the org holds, and what it is to refuse, for a sandbox in another process. */
export function orgControlRoutes({ org, signIn, cursors }: Controlled): Route[] {
  return [
    controlRoute('GET', 'org', () => ({
      status: 200,
      body: {
        organizationId: org.settings.organizationId,
        edition: org.settings.edition,
        records: Object.fromEntries(org.objects().map((type) => [type.name, type.live().length])),
        users: org.users.map((user) => ({ id: user.id, username: user.get('Username'), name: user.get('Name') })),
        prospects: org.prospects.all.length,
        visitorActivities: org.prospects.activities.length,
      },
    })),
    // All that a record holds, whoever may see it, in the recycle bin too.
    controlRoute('GET', 'records/{id}', ({ params }) => {
      const record = org.findAny(params.id ?? '');
      if (record === undefined) throw notFound(`The sandbox org has no record ${params.id}`);
      return { status: 200, body: { type: record.type.name, isDeleted: record.isDeleted, values: record.values() } };
    }),
    controlRoute('GET', 'limits', () => ({
      status: 200,
      body: { dailyRequests: org.dailyRequests.max, used: org.dailyRequests.used },
    })),
    controlRoute('POST', 'limits', ({ body }) => {
      org.dailyRequests.max = readBody(limitsBody, body).dailyRequests;
      return DONE;
    }),
    controlRoute('POST', 'locks', ({ body }) => {
      const { id, times } = readBody(lockBody, body);
      org.lock(id, times);
      return DONE;
    }),
    controlRoute('POST', 'refusals', ({ body }) => {
      org.refusals.add(readBody(refusalBody, body));
      return DONE;
    }),
    controlRoute('POST', 'expire-sessions', () => {
      signIn.expireSessions();
      return DONE;
    }),
    controlRoute('POST', 'expire-locators', () => {
      cursors.expire();
      return DONE;
    }),
  ];
}
