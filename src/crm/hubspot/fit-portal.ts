import { suggestion } from '../../base/nearest-word.ts';
import { ownerTwice } from '../named-twice.ts';
import { type ModelOutputs, namesOf } from '../outputs/output-model.ts';
import { accountProblems } from './account-problems.ts';
import type { Form } from './api/forms.ts';
import type { HubspotConfig } from './config.ts';
import { customEventProblems } from './custom-event-access.ts';
import { lifecycleProblems } from './lifecycle.ts';
import { formTwice } from './named-twice.ts';
import { outputProblems } from './output-problems.ts';
import type { Portal } from './portal.ts';
import type { PortalProblem } from './portal-problem.ts';
import { nearestProperty } from './property-hint.ts';
import { relatedProblems } from './related-access.ts';
import { statusProblems } from './sales-status.ts';
import { STREAMS } from './streams/registry.ts';
import { streamProblem } from './streams/stream-states.ts';

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
    ...statusProblems(config, portal.properties),
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
  const read = [...Object.values(fields), ...models.flatMap(namesOf)];
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
  const keys = new Map<string, string>();
  return Object.entries(config.forms).flatMap(([key, wanted]): PortalProblem[] => {
    const problem = (message: string): PortalProblem[] => [{ about: 'forms', path: ['forms', key], message }];
    const found = formsNamed(wanted, forms);
    const [form] = found;
    if (form === undefined) {
      const names = forms.flatMap(({ name }) => name || []);
      return problem(`the portal has no form "${wanted}"${suggestion(wanted, names)}`);
    }
    if (found.length > 1) {
      const each = found.map(toldApart).join('; ');
      return problem(
        `the portal has ${found.length} forms named "${wanted}": write the GUID of the one you mean (${each})`,
      );
    }
    const first = keys.get(form.id);
    if (first !== undefined) return problem(formTwice(form.name, first));
    keys.set(form.id, key);
    return [];
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
  const refused = STREAMS.filter(({ key }) => portal.streams.get(key) === 'refused');
  return [...refused.map(streamProblem), ...ownerProblems(portal)];
}

function ownerProblems({ fallbackOwner, owners }: Portal): PortalProblem[] {
  const about = 'tasks';
  const unknown = (what: string) =>
    `${what} is no active owner of the portal, neither by e-mail address nor by id: look under Settings, Users & Teams`;
  const inTurn = owners.flatMap((owner, index): PortalProblem[] => {
    const first = owners.indexOf(owner);
    const path = ['tasks', 'owners', index];
    if (owner === 'missing') return [{ about, path, message: unknown(`entry ${index + 1} of owners`) }];
    return first === index ? [] : [{ about, path, message: ownerTwice(index, first) }];
  });
  if (fallbackOwner !== 'missing') return inTurn;
  return [{ about, path: ['tasks', 'fallback_owner'], message: unknown('fallback_owner') }, ...inTurn];
}
