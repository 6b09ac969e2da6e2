import type { ConfigProblem, Position } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest-word.ts';
import type { Form } from './api/forms.ts';
import type { Property, PropertyOption } from './api/properties.ts';
import type { HubspotConfig } from './config.ts';
import { OUTPUT_KEYS, OUTPUT_PROPERTIES, propertyOf } from './outputs.ts';
import type { Portal } from './portal.ts';

/** Where in `config/hubspot.yaml` the value is. */
export type Locate = (path: readonly PropertyKey[]) => Position;

export interface PortalProblem {
  readonly about: 'fields' | 'forms' | 'outputs' | 'lifecycle' | 'page_views' | 'tasks';
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** HubSpot answers a longer address with 414. */
const LONGEST_LIST = 10_000;

/** Everything in which config and portal do not fit; empty where all is well. */
export function portalProblems(config: HubspotConfig, portal: Portal, flags: readonly string[]): PortalProblem[] {
  return [
    ...fieldProblems(config, portal.properties),
    ...formProblems(config, portal.forms),
    ...outputProblems(config, portal.properties, flags),
    ...lifecycleProblems(config, portal.properties),
    ...otherProblems(config, portal),
  ];
}

/** With file, line and column where they can be told. */
export function toConfigProblem(problem: PortalProblem, locate: Locate | undefined): ConfigProblem {
  return {
    ...locate?.(problem.path),
    message: locate === undefined ? `${problem.path.join('.')}: ${problem.message}` : problem.message,
  };
}

function fieldProblems({ fields }: HubspotConfig, properties: Portal['properties']): PortalProblem[] {
  const unknown = Object.entries(fields).filter(([, property]) => !properties.has(property));
  const problems = unknown.map(([field, property]): PortalProblem => {
    const message = `the portal has no contact property "${property}"${nearestOnly(property, properties.keys())}`;
    return { about: 'fields', path: ['fields', field], message };
  });
  const length = Object.values(fields).join(',').length;
  if (length > LONGEST_LIST)
    problems.push({
      about: 'fields',
      path: ['fields'],
      message: 'there are more fields than HubSpot lists at once: leave out those that no model uses',
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

function outputProblems(
  config: HubspotConfig,
  properties: Portal['properties'],
  flags: readonly string[],
): PortalProblem[] {
  const inputs = new Map(Object.entries(config.fields).map(([field, property]) => [property, field]));
  if (OUTPUT_KEYS.every((key) => !properties.has(propertyOf(config, key)))) {
    const message = `the portal has none of the ${OUTPUT_KEYS.length} output properties yet: run "leadgauge setup"`;
    return [{ about: 'outputs', path: ['outputs'], message }];
  }
  return OUTPUT_KEYS.flatMap((key): PortalProblem[] => {
    const name = propertyOf(config, key);
    const path = ['outputs', OUTPUT_PROPERTIES[key].key];
    const problem = (message: string): PortalProblem[] => [{ about: 'outputs', path, message }];
    const field = inputs.get(name);
    if (field !== undefined)
      return problem(`"${name}" is also the field ${field}: a model must not read what it writes`);
    const property = properties.get(name);
    if (property === undefined) return problem(`the portal has no property "${name}": run "leadgauge setup"`);
    const clash = outputClash(config, key, property);
    if (clash !== undefined) return problem(clash);
    const missing = key === 'flags' ? missingOptions(property, flags) : [];
    return missing.length === 0
      ? []
      : problem(`"${name}" lacks the options ${missing.join(', ')}: run "leadgauge setup"`);
  });
}

/** Why an existing property cannot hold an output; undefined where it can. */
export function outputClash(
  config: HubspotConfig,
  key: (typeof OUTPUT_KEYS)[number],
  property: Property,
): string | undefined {
  const { type, fieldType } = OUTPUT_PROPERTIES[key];
  const name = propertyOf(config, key);
  if (property.type !== type || (key === 'flags' && property.fieldType !== fieldType)) {
    return `the portal's property "${name}" is of type ${property.type}${key === 'flags' ? ` (${property.fieldType ?? 'unknown'})` : ''}, not ${type}${key === 'flags' ? ` (${fieldType})` : ''}: name another property here`;
  }
  const readOnly = property.calculated === true || property.modificationMetadata?.readOnlyValue === true;
  return readOnly ? `the portal's property "${name}" cannot be written to: name another property here` : undefined;
}

export function missingOptions(property: Property, flags: readonly string[]): string[] {
  const known = new Set((property.options ?? []).map((option) => option.value));
  return [...new Set(flags)].filter((flag) => !known.has(flag)).sort();
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

function otherProblems({ page_views }: HubspotConfig, portal: Portal): PortalProblem[] {
  const problems: PortalProblem[] = [];
  if (portal.pageViews === 'refused') {
    const message = `the portal does not give its events (they need an Enterprise edition): write "auto" or "counters" instead of "${page_views}"`;
    problems.push({ about: 'page_views', path: ['page_views'], message });
  }
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
