import type { Clock } from '../../../base/clock.ts';
import type { Route } from '../http/route.ts';
import type { Org } from '../org/org.ts';
import { identityRoutes } from './identity-routes.ts';
import type { SignIn } from './sign-in.ts';
import { tokenRoutes } from './token-routes.ts';

/** Tokens, and whose they are. */
export function signInRoutes(org: Org, signIn: SignIn, clock: Clock): Route[] {
  return [...tokenRoutes({ signIn, orgId: org.settings.organizationId, clock }), ...identityRoutes(org, signIn)];
}
