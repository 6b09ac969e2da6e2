import { suggestion } from '../../base/nearest-word.ts';
import { accountProblems } from './account-problems.ts';
import type { Form } from './api/forms.ts';
import type { HubspotConfig } from './config.ts';
import { customEventProblems } from './custom-event-access.ts';
import { lifecycleProblems } from './lifecycle.ts';
import type { ModelOutputs } from './model-outputs.ts';
import { outputProblems } from './output-problems.ts';
import type { Portal } from './portal.ts';
import type { PortalProblem } from './portal-problem.ts';
import { nearestProperty } from './property-hint.ts';
import { relatedProblems } from './related-access.ts';
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
    ...relatedProblems(config, portal.related),
    ...formProblems(config, portal.forms),
    ...customEventProblems(config, portal.customEvents),
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
    const message = `the portal has no contact property "${property}"${nearestProperty(property, properties.keys())}`;
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
            forms.flatMap(({ name }) => name || []),
          )}`
        : `the portal has ${found.length} forms named "${wanted}": write the GUID of the one you mean (${found.map(toldApart).join('; ')})`;
    return [{ about: 'forms', path: ['forms', key], message }];
  });
}

/** `6f0f9b5c-…, captured, of 2026-03-01`. */
function toldApart({ id, formType, createdAt }: Form): string {
  const day = createdAt?.slice(0, 10);
  return [id, ...(formType ? [formType] : []), ...(day ? [`of ${day}`] : [])].join(', ');
}

/** By GUID, else by exact name. */
export function formsNamed(wanted: string, forms: readonly Form[]): Form[] {
  const byId = forms.filter((form) => form.id.toLowerCase() === wanted.trim().toLowerCase());
  return byId.length > 0 ? byId : forms.filter((form) => form.name.trim() === wanted.trim());
}

function otherProblems(portal: Portal): PortalProblem[] {
  const problems = STREAMS.filter(({ key }) => portal.streams.get(key) === 'refused').map((kind): PortalProblem => {
    const message = `HubSpot does not give ${kind.what} (${needsOf(kind)}): write "auto" or "off" instead of "on"`;
    return { about: 'streams', path: ['streams', kind.key], message };
  });
  const owner = (path: readonly string[]): PortalProblem => {
    const message = 'the portal has no active owner with this e-mail address or id: look under Settings, Users & Teams';
    return { about: 'tasks', path: ['tasks', ...path], message };
  };
  if (portal.fallbackOwner === 'missing') problems.push(owner(['fallback_owner']));
  for (const [index, found] of portal.owners.entries())
    if (found === 'missing') problems.push(owner(['owners', String(index)]));
  return problems;
}
