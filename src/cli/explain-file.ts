import { appliesTo } from '../scoring/model-set.ts';
import type { Settings } from '../settings/settings.ts';
import { explain, type Told } from './explanation.ts';
import { doneBy } from './find-lead.ts';
import type { FileLead } from './lead-file.ts';
import type { AskedModels } from './score-models.ts';

/** The same for a lead from a file, of which no CRM holds anything. */
export function explainFileLead(
  settings: Settings,
  { lead, activities }: FileLead,
  { models, sourceOf }: AskedModels,
  { at, now }: { readonly at: number | undefined; readonly now: number },
): Told {
  const time = at ?? now;
  const known = doneBy(activities, at);
  const applying = models.filter((model) => appliesTo(model, lead));
  return {
    noun: 'lead',
    lead,
    at: time,
    unknown: undefined,
    when: at === undefined ? 'now' : at < now ? 'before' : 'later',
    explanations: applying.map((model) => ({
      ...explain({ model, sourceOf, sources: settings, lead, activities: known, at: time }),
      crm: undefined,
      challengers: [],
    })),
    others: models.filter((model) => !applying.includes(model)).map((model) => ({ model, isHeld: false })),
  };
}
