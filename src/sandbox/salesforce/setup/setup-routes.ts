import type { Route } from '../http/route.ts';
import type { Org } from '../org/org.ts';
import { customFieldRoutes } from './custom-field-routes.ts';
import type { CustomFields } from './custom-fields.ts';
import { toolingQueryRoutes } from './tooling-query.ts';

/** The Tooling API, as far as custom fields go. Permission sets are records like others, and REST's. */
export function setupRoutes(org: Org, fields: CustomFields): Route[] {
  return [...customFieldRoutes(org, fields), ...toolingQueryRoutes(org, fields)];
}
