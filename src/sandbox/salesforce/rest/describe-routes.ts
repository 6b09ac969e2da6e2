import type { Answer, Call, Route } from '../http/route.ts';
import type { Org } from '../org/org.ts';
import { describeBriefly, describeObject } from './describe-object.ts';
import { objectOf } from './find-record.ts';

const OBJECTS = '/services/data/{version}/sobjects';

/** https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-describe.html */
export function describeRoutes(org: Org): Route[] {
  const route = (path: string, handle: (call: Call) => Answer): Route => {
    return { method: 'GET', template: OBJECTS + path, kind: 'setup', handle };
  };
  return [
    route('', (call) => {
      const reachable = org.objects().filter((type) => org.access.mayReach(call.session.userId, type, 'Read'));
      const sobjects = reachable.map((type) => describeBriefly(org, type, viewerOf(call)));
      return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
    }),
    route('/{object}', (call) => {
      const objectDescribe = describeBriefly(org, typeOf(org, call), viewerOf(call));
      return { status: 200, body: { objectDescribe, recentItems: [] } };
    }),
    route('/{object}/describe', (call) => {
      return { status: 200, body: describeObject(org, typeOf(org, call), viewerOf(call)) };
    }),
  ];
}

function typeOf(org: Org, { session, params }: Call) {
  return objectOf(org, session.userId, params.object);
}

function viewerOf({ session, params }: Call) {
  return { userId: session.userId, version: params.version ?? '' };
}
