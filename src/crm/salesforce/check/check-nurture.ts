import { allOf } from '../../../base/all-of.ts';
import { formatProblem, LeadgaugeError, messageOf } from '../../../base/errors.ts';
import type { Finding } from '../../crm.ts';
import { describeObject } from '../api/describe.ts';
import { findNurtureCampaigns } from '../nurture-campaigns.ts';
import { toConfigProblem } from '../org-problem.ts';
import type { SetupContext } from '../setup/setup-context.ts';

/** Whether the campaigns of nurture rules are there, and take members from our user; nothing where config has none. */
export async function checkNurture({ api, config, locate }: SetupContext): Promise<Finding[]> {
  const { length: count } = Object.keys(config.nurture);
  if (count === 0) return [];
  try {
    const { problems } = await findNurtureCampaigns(api, config);
    if (problems.length > 0)
      return problems.map((problem) => ({
        level: 'problem',
        message: formatProblem(toConfigProblem(problem, locate)),
      }));
    const { createable } = await describeObject(api, 'CampaignMember');
    if (createable === false) return [{ level: 'problem', message: MAY_NOT }];
    return [
      {
        level: 'ok',
        message: allOf(count, 'the campaign for nurture takes leads', 'campaigns for nurture take leads'),
      },
    ];
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    return [
      { level: 'problem', message: `it is not known whether leads can be put into campaigns: ${messageOf(error)}` },
    ];
  }
}

const MAY_NOT =
  'the integration user may not put leads into campaigns, which config has for nurture: grant Read on campaigns, as "leadgauge setup" does with its permission set, and mark the user as "Marketing User" where the org asks for it';
