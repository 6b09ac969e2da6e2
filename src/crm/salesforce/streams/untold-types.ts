import type { ActivityType } from '../../../leads/activity.ts';
import type { Finding } from '../../crm.ts';
import { askedTypes, type ModelOutputs } from '../../outputs/output-model.ts';
import type { SalesforceConfig } from '../config.ts';
import { CAMPAIGN_TYPES } from '../streams-config.ts';
import { STREAMS } from './registry.ts';
import { VISITOR_ACTIVITY_TYPES } from './visitor-activity.ts';

/**
 * What models ask for and config lets nothing in this org tell, one finding for each activity, with what would tell: from here it
 * gives no points. A warning where config alone could mend it; of what Salesforce itself does not tell of, a model may well ask
 * in vain. Of a stream that config lets be read, the stream's own finding says whether the org has it.
 */
export function untoldTypes(config: SalesforceConfig, models: readonly ModelOutputs[]): Finding[] {
  const read = STREAMS.filter(({ key }) => config.streams[key] !== 'off');
  const told = new Set(read.flatMap((kind) => kind.delivers(config)));
  const untold = [...askedTypes(models)].filter((type) => !told.has(type));
  return untold.map((type): Finding => {
    const asking = models.filter(({ model }) => model.activityTypes.includes(type)).map(({ model }) => model.id);
    const who = `the model${asking.length === 1 ? ' ' : 's '}${asking.join(' and ')}`;
    const { level, remedy } = remedyOf(type, config);
    return { level, message: `${type}: nothing here tells of it, so that it gives no points in ${who}. ${remedy}` };
  });
}

function remedyOf(
  type: ActivityType,
  config: SalesforceConfig,
): { readonly level: 'ok' | 'warning'; readonly remedy: string } {
  const kind = STREAMS.find((each) => each.delivers(config).includes(type));
  if (kind !== undefined) return { level: 'warning', remedy: `To have it read, write streams: { ${kind.key}: auto }` };
  const isCampaign = CAMPAIGN_TYPES.some((one) => one === type);
  if (type === 'form-submission')
    return { level: 'warning', remedy: 'To have it read, name campaigns under campaigns' };
  const remedies = [
    ...(isCampaign ? [`Responses to a campaign could, named under campaigns with as: ${type}`] : []),
    ...(VISITOR_ACTIVITY_TYPES.has(type) ? ['Account Engagement could, named under account_engagement'] : []),
  ];
  return { level: 'ok', remedy: remedies.length === 0 ? 'Salesforce has nothing that does' : remedies.join('. ') };
}
