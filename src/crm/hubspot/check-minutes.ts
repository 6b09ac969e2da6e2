import { formatProblem, LeadgaugeError } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest-word.ts';
import type { Finding } from '../crm.ts';
import { listOccurrences } from './api/events.ts';
import { toConfigProblem } from './portal-problem.ts';
import type { SetupContext } from './setup.ts';

/**
 * Whether the property that `minutes` names is on the events that were sent so far. HubSpot tells a credential of ours no
 * properties of events but those that events have; where there is none yet, or HubSpot does not answer, nothing is said.
 */
export async function checkMinutes(context: SetupContext, known: readonly string[]): Promise<Finding[]> {
  const { transport, config, locate } = context;
  const findings: Finding[] = [];
  for (const [key, { event, minutes }] of Object.entries(config.custom_events)) {
    if (minutes === undefined || !known.includes(event)) continue;
    const sent = await firstOf(transport, event);
    const names = new Set(sent.flatMap(({ properties }) => Object.keys(properties ?? {})));
    if (sent.length === 0 || names.has(minutes)) continue;
    const message = `none of the ${sent.length} oldest "${event}" has a property "${minutes}"${suggestion(minutes, names)}`;
    const problem = { about: 'custom_events', path: ['custom_events', key, 'minutes'], message } as const;
    findings.push({ level: 'warning', message: formatProblem(toConfigProblem(problem, locate)) });
  }
  return findings;
}

async function firstOf(transport: SetupContext['transport'], eventType: string) {
  try {
    return (await listOccurrences(transport, { eventType })).occurrences;
  } catch (error) {
    if (error instanceof LeadgaugeError) return [];
    throw error;
  }
}
