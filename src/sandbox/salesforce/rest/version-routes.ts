import { originOf } from '../http/origin.ts';
import type { Route } from '../http/route.ts';
import { NEWEST_VERSION, OLDEST_VERSION } from '../http/router.ts';
import type { Org } from '../org/org.ts';

const ROOT = '/services/data';
const SEASONS = ['Winter', 'Spring', 'Summer'] as const;

/** Which versions there are, which anybody may ask, and what one of them offers. */
export function versionRoutes(org: Org): Route[] {
  return [
    { method: 'GET', template: ROOT, kind: 'setup', open: true, handle: () => ({ status: 200, body: versions() }) },
    {
      method: 'GET',
      template: `${ROOT}/{version}`,
      kind: 'setup',
      handle: (call) => {
        const base = `${ROOT}/${call.params.version}`;
        const paths = RESOURCES.map((name) => [name, `${base}/${name}`]);
        const identity = `${originOf(call)}/id/${org.settings.organizationId}/${call.session.userId}`;
        return { status: 200, body: { ...Object.fromEntries(paths), identity } };
      },
    },
  ];
}

const RESOURCES = ['composite', 'jobs', 'limits', 'query', 'queryAll', 'sobjects', 'tooling'];

function versions(): { label: string; url: string; version: string }[] {
  return Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, place) => {
    const number = OLDEST_VERSION + place;
    return { label: labelOf(number), url: `${ROOT}/v${number}.0`, version: `${number}.0` };
  });
}

/** Three releases a year, the first of which is called after the next one; 68.0 is Winter '27. */
function labelOf(version: number): string {
  const releases = version - 68;
  const years = Math.floor(releases / 3);
  return `${SEASONS[releases - 3 * years]} '${27 + years}`;
}
