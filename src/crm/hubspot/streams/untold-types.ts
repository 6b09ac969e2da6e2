import type { ActivityType } from '../../../leads/activity.ts';
import type { Finding } from '../../crm.ts';
import { askedTypes, type ModelOutputs } from '../../outputs/output-model.ts';
import type { HubspotConfig } from '../config.ts';
import { countersBeside } from '../counters.ts';
import { CUSTOM_EVENT_TYPES } from '../custom-event-config.ts';
import { STREAMS } from './registry.ts';

/**
 * What models ask for and config lets nothing tell, one finding for each activity, with what would tell: it gives no points. A
 * warning where config alone could mend it; of what HubSpot itself does not tell of, a model may well ask in vain. Of a stream that
 * config lets be read, the stream's own finding says whether the portal has it.
 */
export function untoldTypes(config: HubspotConfig, models: readonly ModelOutputs[]): Finding[] {
  const told = toldTypes(config);
  const untold = [...askedTypes(models)].filter((type) => !told.has(type));
  return untold.map((type): Finding => {
    const asking = models.filter(({ model }) => model.activityTypes.includes(type)).map(({ model }) => model.id);
    const who = `the model${asking.length === 1 ? ' ' : 's '}${asking.join(' and ')}`;
    const { level, remedy } = remedyOf(type);
    return { level, message: `${type}: nothing here tells of it, so that it gives no points in ${who}. ${remedy}` };
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

function remedyOf(type: ActivityType): { readonly level: 'ok' | 'warning'; readonly remedy: string } {
  const kind = STREAMS.find(({ delivers }) => delivers.includes(type));
  if (kind !== undefined) return { level: 'warning', remedy: `To have it read, write streams: { ${kind.key}: auto }` };
  if (type === 'form-submission') return { level: 'warning', remedy: 'To have it read, name the forms under forms' };
  const isCustom = CUSTOM_EVENT_TYPES.some((one) => one === type);
  const remedy = isCustom ? 'A custom event could, named under custom_events' : 'HubSpot has nothing that does';
  return { level: 'ok', remedy };
}
