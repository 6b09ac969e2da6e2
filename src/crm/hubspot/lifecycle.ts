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
  const { mql, recycled } = lifecycle;
  const problem = (key: 'mql' | 'recycled', message: string): PortalProblem[] => [
    { about: 'lifecycle', path: ['lifecycle', key], message },
  ];
  const none = (stage: string) => `the portal has no lifecycle stage "${stage}"${suggestion(stage, stages)}`;
  if (!stages.includes(mql)) return problem('mql', none(mql));
  if (recycled === undefined) return [];
  if (!stages.includes(recycled)) return problem('recycled', none(recycled));
  if (stages.indexOf(recycled) < stages.indexOf(mql)) return [];
  return problem('recycled', `"${recycled}" does not stand before "${mql}" in the portal: write an earlier stage`);
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
  return lifecycle.recycled ?? stages[stages.indexOf(lifecycle.mql) - 1];
}
