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
  const { mql, lead } = lifecycle;
  const problem = (key: string, message: string): PortalProblem[] => [
    { about: 'lifecycle', path: ['lifecycle', key], message },
  ];
  const missing = (stage: string) => `the portal has no lifecycle stage "${stage}"${suggestion(stage, stages)}`;
  const problems = stages.includes(mql) ? [] : problem('mql', missing(mql));
  if (lead === undefined) return problems;
  if (!stages.includes(lead)) return [...problems, ...problem('lead', missing(lead))];
  if (problems.length > 0 || stages.indexOf(lead) < stages.indexOf(mql)) return problems;
  return problem('lead', `the stage ${lead} does not stand before ${mql} in the portal: name an earlier one`);
}

/** The stages in the portal's order; HubSpot puts options without a place (-1) last. */
export function stagesOf(property: Property): string[] {
  const place = (option: PropertyOption) =>
    option.displayOrder == null || option.displayOrder < 0 ? Number.POSITIVE_INFINITY : option.displayOrder;
  const options = [...(property.options ?? [])];
  return options.sort((a, b) => Math.sign(place(a) - place(b)) || 0).map((option) => option.value);
}

/** Whether a stage is one before that of a lead; undefined where config names no such stage. */
export type BeforeLead = (stage: string | null | undefined) => boolean;

/** An empty stage comes before all; one that the portal does not list (any more) before none. */
export function beforeLead(
  { lifecycle }: Pick<HubspotConfig, 'lifecycle'>,
  stages: readonly string[],
): BeforeLead | undefined {
  if (lifecycle === 'off' || lifecycle.lead === undefined) return undefined;
  const before = new Set(['', ...stages.slice(0, stages.indexOf(lifecycle.lead))]);
  return (stage) => before.has(stage ?? '');
}

/** The stage of a lead that sales gave back; undefined where stages are left alone, or none stands before MQL. */
export function recycledStage(
  { lifecycle }: Pick<HubspotConfig, 'lifecycle'>,
  stages: readonly string[],
): string | undefined {
  if (lifecycle === 'off') return undefined;
  return stages[stages.indexOf(lifecycle.mql) - 1];
}
