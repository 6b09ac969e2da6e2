import type { Answer } from './answer.ts';
import { withTypeNames } from './object-types.ts';
import type { CallKind } from './request-record.ts';
import type { Scope } from './tokens.ts';

export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON that was sent, or undefined. */
  readonly body: unknown;
  /** As it was sent. */
  readonly text: string;
}

export interface Route {
  readonly method: string;
  /** `/crm/objects/{version}/contacts/{id}`; `{version}` takes HubSpot's versions only. */
  readonly template: string;
  readonly kind: CallKind;
  /** Any of these opens it; none asked, none needed. */
  readonly scopes: readonly Scope[];
  /** This one is needed besides. */
  readonly alsoScope?: Scope;
  readonly handle: (call: Call) => Answer;
}

export interface FoundRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

const VERSION = /^(v[1-4]|20\d\d-\d\d(-beta)?)$/;

/** Finds the route of a path; knows the numbered versions' order of segments, too. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => FoundRoute | undefined {
  const bySize = Map.groupBy(
    routes.map((route) => ({ route, segments: route.template.slice(1).split('/') })),
    ({ route, segments }) => `${route.method} ${segments.length}`,
  );
  return (method, path) => {
    const segments = withTypeNames(dateBased(path.slice(1).replace(/\/$/, '').split('/')));
    for (const candidate of bySize.get(`${method} ${segments.length}`) ?? []) {
      const params = match(candidate.segments, segments);
      if (params !== undefined) return { route: candidate.route, params };
    }
    return undefined;
  };
}

/** `/crm/v3/objects/contacts` as `/crm/objects/v3/contacts`. */
function dateBased(segments: string[]): string[] {
  const [area, version = '', name = '', ...rest] = segments;
  if (area === '_sandbox' || area === 'form-integrations' || area === undefined) return segments;
  if (area === 'account-info' || !/^v\d$/.test(version)) return segments;
  if (area === 'events' && name === 'events') return [area, 'event-occurrences', version, ...rest];
  return [area, name, version, ...rest];
}

function match(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const actual = segments[index] ?? '';
    if (!expected.startsWith('{')) {
      if (expected !== actual) return undefined;
      continue;
    }
    if (expected === '{version}' && !VERSION.test(actual)) return undefined;
    if (actual === '') return undefined;
    params[expected.slice(1, -1)] = decode(actual);
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
