import { suggestion } from '../../base/nearest-word.ts';
import type { Property, PropertyOption } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import type { Portal } from './portal.ts';
import type { PortalProblem } from './portal-problem.ts';
import { nearestProperty } from './property-hint.ts';

/** Where the stages of config are none of the portal's. */
export function lifecycleProblems({ lifecycle }: HubspotConfig, properties: Portal['properties']): PortalProblem[] {
  if (lifecycle === 'off') return [];
  const property = properties.get(lifecycle.property);
  if (property === undefined) {
    const message = `the portal has no contact property "${lifecycle.property}"${nearestProperty(lifecycle.property, properties.keys())}`;
    return [{ about: 'lifecycle', path: ['lifecycle', 'property'], message }];
  }
  const stages = stagesOf(property);
  const { mql } = lifecycle;
  if (stages.includes(mql)) return [];
  const message = `the portal has no lifecycle stage "${mql}"${suggestion(mql, stages)}`;
  return [{ about: 'lifecycle', path: ['lifecycle', 'mql'], message }];
}

/** The stages in the portal's order; HubSpot puts options without a place (-1) last. */
export function stagesOf(property: Property): string[] {
  const place = (option: PropertyOption) =>
    option.displayOrder == null || option.displayOrder < 0 ? Number.POSITIVE_INFINITY : option.displayOrder;
  const options = [...(property.options ?? [])];
  return options.sort((a, b) => Math.sign(place(a) - place(b)) || 0).map((option) => option.value);
}

/** The stage of a lead that sales gave back; undefined where stages are left alone, or none stands before MQL. */
export function recycledStage(
  { lifecycle }: Pick<HubspotConfig, 'lifecycle'>,
  stages: readonly string[],
): string | undefined {
  if (lifecycle === 'off') return undefined;
  return stages[stages.indexOf(lifecycle.mql) - 1];
}
