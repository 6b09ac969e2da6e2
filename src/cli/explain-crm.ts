import type { Stage } from '../crm/crm.ts';
import type { Explanation } from './explanation.ts';
import { fold, timeText } from './print.ts';

const STAGES: Readonly<Record<Stage, string>> = {
  'before-mql': 'before MQL',
  mql: 'MQL',
  'beyond-mql': 'beyond MQL',
};

/** What the CRM holds now, and whether that is this score. */
export function explainCrm({ record, stage, differs }: Explanation): string[] {
  const { score, grade, scoredAt, mqlAt, modelVersion } = record.outputs;
  const held =
    score === undefined
      ? 'holds no score yet'
      : `holds score ${score}, grade ${grade ?? 'none'}, by model version ${modelVersion ?? 'unknown'}${scoredAt === undefined ? '' : `, changed on ${timeText(scoredAt)}`}`;
  const passed = mqlAt === undefined ? 'not passed to sales by leadgauge' : `passed to sales on ${timeText(mqlAt)}`;
  return [
    fold(held, 2),
    fold(stage === undefined ? passed : `stage: ${STAGES[stage]}; ${passed}`, 2),
    ...comparison(differs),
  ];
}

const NAMES: Readonly<Record<string, string>> = { modelVersion: 'model version', scoredAt: 'time', mql: 'MQL' };

function comparison(differs: readonly string[] | undefined): string[] {
  if (differs === undefined) return [];
  if (differs.length === 0) return ['  that is this score: nothing to write'];
  const names = differs.map((key) => NAMES[key] ?? key);
  return [fold(`not this score yet (${names.join(', ')}): the next sync of this contact writes it`, 2)];
}
