import type { ActivityType } from '../../../leads/activity.ts';
import type { Finding } from '../../crm.ts';
import type { HubspotConfig } from '../config.ts';
import { countersBeside } from '../counters.ts';
import { CUSTOM_EVENT_TYPES } from '../custom-event-config.ts';
import type { ModelOutputs } from '../model-outputs.ts';
import { STREAMS } from './registry.ts';

/**
 * What models ask for and config lets nothing tell, with what would: it gives no points, and that may not be what was meant. Of a
 * stream that config lets be read, the stream's own finding says whether the portal has it.
 */
export function untoldTypes(config: HubspotConfig, models: readonly ModelOutputs[]): Finding[] {
  const told = toldTypes(config);
  return models.flatMap(({ model }): Finding[] => {
    const untold = [...new Set(model.activityTypes)].filter((type) => !told.has(type));
    const remedies = [...Map.groupBy(untold, remedyOf)].map(([remedy, types]) => `${types.join(', ')} (${remedy})`);
    if (remedies.length === 0) return [];
    const message = `the model ${model.id} asks for what nothing here tells of, and what then gives no points: ${remedies.join('; ')}`;
    return [{ level: 'warning', message }];
  });
}

function toldTypes({ streams, forms, custom_events: events }: HubspotConfig): ReadonlySet<ActivityType> {
  const read = STREAMS.filter(({ key }) => streams[key] !== 'off').flatMap(({ delivers }) => delivers);
  return new Set([
    ...read,
    ...countersBeside(new Set()).map(({ type }) => type),
    ...Object.values(events).map(({ as }) => as),
    ...(Object.keys(forms).length === 0 ? [] : (['form-submission'] as const)),
  ]);
}

function remedyOf(type: ActivityType): string {
  const kind = STREAMS.find(({ delivers }) => delivers.includes(type));
  if (kind !== undefined) return `streams: { ${kind.key}: auto } would read them`;
  if (type === 'form-submission') return 'name the forms under forms';
  const isCustom = CUSTOM_EVENT_TYPES.some((one) => one === type);
  return isCustom ? 'a custom event would, named under custom_events' : 'HubSpot has nothing that does';
}
