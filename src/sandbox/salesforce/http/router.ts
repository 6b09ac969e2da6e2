import type { FoundRoute, Route } from './route.ts';
import { refusal } from './salesforce-error.ts';

/** Finds the route of a path. */
export type Router = (method: string, path: string) => FoundRoute | undefined;

interface Candidate {
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Versions 31.0 to 68.0 are supported, 68.0 being Winter '27. */
export const NEWEST_VERSION = 68;
export const OLDEST_VERSION = 31;

/**
 * The routes by their paths; a word of the template goes before a parameter, so that `/sobjects/Lead/describe` is no id.
 * What it returns throws METHOD_NOT_ALLOWED where the path is one that other methods have.
 */
export function createRouter(routes: readonly Route[]): Router {
  const bySize = Map.groupBy(
    routes.map((route): Candidate => ({ route, segments: route.template.slice(1).split('/') })),
    ({ segments }) => segments.length,
  );
  for (const candidates of bySize.values()) candidates.sort((a, b) => blanks(a) - blanks(b));
  return (method, path) => {
    const segments = path.slice(1).replace(/\/$/, '').split('/');
    const others = new Set<string>();
    for (const { route, segments: expected } of bySize.get(segments.length) ?? []) {
      const params = match(expected, segments);
      if (params === undefined) continue;
      if (route.method === method) return { route, params };
      others.add(route.method);
    }
    if (others.size === 0) return undefined;
    throw refusal(
      'METHOD_NOT_ALLOWED',
      `HTTP Method '${method}' not allowed. Allowed are ${[...others].sort().join(',')}`,
    );
  };
}

function blanks({ segments }: Candidate): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}

function match(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const actual = segments[index] ?? '';
    if (!expected.startsWith('{')) {
      if (expected !== actual) return undefined;
      continue;
    }
    if (actual === '' || (expected === '{version}' && !isVersion(actual))) return undefined;
    params[expected.slice(1, -1)] = decode(actual);
  }
  return params;
}

function isVersion(segment: string): boolean {
  const number = Number(/^v(\d\d)\.0$/.exec(segment)?.[1] ?? 0);
  return number >= OLDEST_VERSION && number <= NEWEST_VERSION;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
