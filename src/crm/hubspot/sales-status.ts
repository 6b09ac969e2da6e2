import { suggestion } from '../../base/nearest-word.ts';
import type { SalesWord } from '../crm.ts';
import type { HubspotConfig } from './config.ts';
import type { Portal } from './portal.ts';
import type { PortalProblem } from './portal-problem.ts';
import { nearestProperty } from './property-hint.ts';

/** Under which key of `sales_status` the values are that say this. */
export const STATUS_KEYS = { working: 'working', 'not-now': 'not_now', rejected: 'rejected' } as const satisfies Record<
  SalesWord,
  string
>;

const WORDS = ['working', 'not-now', 'rejected'] as const satisfies readonly SalesWord[];

/** What sales say by this value of the property; undefined where it says none of these. */
export type StatusReader = (value: string | null | undefined) => SalesWord | undefined;

export function statusReader({ sales_status: status }: Pick<HubspotConfig, 'sales_status'>): StatusReader {
  if (status === 'off') return () => undefined;
  const words = new Map(WORDS.flatMap((word) => status[STATUS_KEYS[word]].map((value) => [value, word] as const)));
  return (value) => words.get(value?.trim() ?? '');
}

/** Where the property or one of its values is none of the portal's. Of what people type freely any value may be. */
export function statusProblems(
  { sales_status: status }: HubspotConfig,
  properties: Portal['properties'],
): PortalProblem[] {
  if (status === 'off') return [];
  const property = properties.get(status.property);
  const reason = reasonProblems(status.reason, properties);
  if (property === undefined) return [unknownProperty('property', status.property, properties), ...reason];
  if (property.type !== 'enumeration') return reason;
  const values = (property.options ?? []).map(({ value }) => value);
  const unknown = WORDS.flatMap((word) => {
    const key = STATUS_KEYS[word];
    return status[key].flatMap((value, index): PortalProblem[] => {
      if (values.includes(value)) return [];
      const message = `"${status.property}" has no option "${value}" in the portal${suggestion(value, values)}`;
      return [{ about: 'sales_status', path: ['sales_status', key, index], message }];
    });
  });
  return [...unknown, ...reason];
}

/** What people type freely may name somebody, and what is typed once each cannot be counted. */
function reasonProblems(reason: string | undefined, properties: Portal['properties']): PortalProblem[] {
  if (reason === undefined) return [];
  const property = properties.get(reason);
  if (property === undefined) return [unknownProperty('reason', reason, properties)];
  if (property.type === 'enumeration') return [];
  const message = `"${reason}" has no fixed list of values: name a property that has one, for a review counts and shows them`;
  return [{ about: 'sales_status', path: ['sales_status', 'reason'], message }];
}

function unknownProperty(key: 'property' | 'reason', name: string, properties: Portal['properties']): PortalProblem {
  const message = `the portal has no contact property "${name}"${nearestProperty(name, properties.keys())}`;
  return { about: 'sales_status', path: ['sales_status', key], message };
}
