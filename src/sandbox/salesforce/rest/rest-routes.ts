import type { ApiUsage } from '../http/answer-requests.ts';
import type { Dispatch } from '../http/dispatch.ts';
import type { Route } from '../http/route.ts';
import type { Router } from '../http/router.ts';
import type { Org } from '../org/org.ts';
import { batchRoutes } from './batch-routes.ts';
import { collectionReadRoutes } from './collection-read-routes.ts';
import { collectionWriteRoutes } from './collection-write-routes.ts';
import { compositeRoutes } from './composite-routes.ts';
import { describeRoutes } from './describe-routes.ts';
import { externalIdRoutes } from './external-id-routes.ts';
import { limitRoutes, type OrgLimit } from './limit-routes.ts';
import type { QueryCursors } from './query-cursors.ts';
import { queryRoutes } from './query-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { replicationRoutes } from './replication-routes.ts';
import { versionRoutes } from './version-routes.ts';
import { Writer } from './writer.ts';

interface Parts {
  readonly org: Org;
  readonly cursors: QueryCursors;
  readonly usage: ApiUsage;
  /** Limits that other parts of the sandbox count. */
  readonly moreLimits: () => Readonly<Record<string, OrgLimit>>;
  /** By these, composite requests are carried out. */
  readonly dispatch: Dispatch;
  readonly find: Router;
}

/** Salesforce's REST API, as much of it as there is here. */
export function restRoutes({ org, cursors, usage, moreLimits, dispatch, find }: Parts): Route[] {
  const writer = new Writer(org);
  return [
    ...versionRoutes(org),
    ...limitRoutes(usage, moreLimits),
    ...queryRoutes(org, cursors),
    ...describeRoutes(org),
    ...replicationRoutes(org),
    ...recordRoutes(org, writer),
    ...externalIdRoutes(org, writer),
    ...collectionReadRoutes(org),
    ...collectionWriteRoutes(org, writer),
    ...compositeRoutes({ writer, dispatch, find }),
    ...batchRoutes(dispatch),
  ];
}
