import { suggestion } from '../../base/nearest-word.ts';
import { accountProblems } from './account-problems.ts';
import type { Form } from './api/forms.ts';
import type { Property, PropertyOption } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import type { ModelOutputs } from './model-outputs.ts';
import { outputProblems } from './output-problems.ts';
import type { Portal } from './portal.ts';
import type { PortalProblem } from './portal-problem.ts';
import { STREAMS } from './streams/registry.ts';
import { needsOf } from './streams/stream-states.ts';

/** HubSpot answers an address of some 16,000 characters with 414. */
const LONGEST_LIST = 14_000;

/** Everything in which config and portal do not fit; empty where all is well. */
export function portalProblems(
  config: HubspotConfig,
  models: readonly ModelOutputs[],
  portal: Portal,
): PortalProblem[] {
  return [
    ...fieldProblems(config, models, portal.properties),
    ...formProblems(config, portal.forms),
    ...outputProblems(models, portal.properties),
    ...accountProblems(models, portal.companyProperties),
    ...lifecycleProblems(config, portal.properties),
    ...otherProblems(portal),
  ];
}

function fieldProblems(
  { fields }: HubspotConfig,
  models: readonly ModelOutputs[],
  properties: Portal['properties'],
): PortalProblem[] {
  const unknown = Object.entries(fields).filter(([, property]) => !properties.has(property));
  const problems = unknown.map(([field, property]): PortalProblem => {
    const message = `the portal has no contact property "${property}"${nearestOnly(property, properties.keys())}`;
    return { about: 'fields', path: ['fields', field], message };
  });
  const read = [...Object.values(fields), ...models.flatMap(({ names }) => Object.values(names))];
  if (encodeURIComponent(read.join()).length > LONGEST_LIST)
    problems.push({
      about: 'fields',
      path: ['fields'],
      message:
        'the fields and the properties of all models are more than HubSpot lists at once: leave out fields that no model uses',
    });
  return problems;
}

function formProblems(config: HubspotConfig, forms: readonly Form[]): PortalProblem[] {
  return Object.entries(config.forms).flatMap(([key, wanted]): PortalProblem[] => {
    const found = formsNamed(wanted, forms);
    if (found.length === 1) return [];
    const message =
      found.length === 0
        ? `the portal has no form "${wanted}"${suggestion(
            wanted,
            forms.map((form) => form.name),
          )}`
        : `the portal has ${found.length} forms named "${wanted}": write the GUID of the one you mean (${found.map((form) => form.id).join(', ')})`;
    return [{ about: 'forms', path: ['forms', key], message }];
  });
}

/** By GUID, else by exact name. */
export function formsNamed(wanted: string, forms: readonly Form[]): Form[] {
  const byId = forms.filter((form) => form.id.toLowerCase() === wanted.trim().toLowerCase());
  return byId.length > 0 ? byId : forms.filter((form) => form.name.trim() === wanted.trim());
}

function lifecycleProblems({ lifecycle }: HubspotConfig, properties: Portal['properties']): PortalProblem[] {
  if (lifecycle === 'off') return [];
  const property = properties.get(lifecycle.property);
  if (property === undefined) {
    const message = `the portal has no contact property "${lifecycle.property}"${nearestOnly(lifecycle.property, properties.keys())}`;
    return [{ about: 'lifecycle', path: ['lifecycle', 'property'], message }];
  }
  const stages = stagesOf(property);
  if (stages.includes(lifecycle.mql)) return [];
  const message = `the portal has no lifecycle stage "${lifecycle.mql}"${suggestion(lifecycle.mql, stages)}`;
  return [{ about: 'lifecycle', path: ['lifecycle', 'mql'], message }];
}

/** The stages in the portal's order; HubSpot puts options without a place (-1) last. */
export function stagesOf(property: Property): string[] {
  const place = (option: PropertyOption) =>
    option.displayOrder == null || option.displayOrder < 0 ? Number.POSITIVE_INFINITY : option.displayOrder;
  const options = [...(property.options ?? [])];
  return options.sort((a, b) => Math.sign(place(a) - place(b)) || 0).map((option) => option.value);
}

function otherProblems(portal: Portal): PortalProblem[] {
  const problems = STREAMS.filter(({ key }) => portal.streams.get(key) === 'refused').map((kind): PortalProblem => {
    const message = `HubSpot does not give ${kind.what} (${needsOf(kind)}): write "auto" or "off" instead of "on"`;
    return { about: 'streams', path: ['streams', kind.key], message };
  });
  if (portal.fallbackOwner === 'missing') {
    const message = 'the portal has no active owner with this e-mail address or id: look under Settings, Users & Teams';
    problems.push({ about: 'tasks', path: ['tasks', 'fallback_owner'], message });
  }
  return problems;
}

/** A portal has hundreds of properties: without a near one, listing some helps nobody. */
function nearestOnly(word: string, options: Iterable<string>): string {
  const hint = suggestion(word, options);
  return hint.startsWith(': did you mean') ? hint : ': look up its internal name under Settings, Properties';
}
