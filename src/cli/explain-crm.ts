import type { Outputs, Stage } from '../crm/crm.ts';
import { hanging } from './explain-hanging.ts';
import { timeText } from './print.ts';

/** What the CRM holds of one model. */
export interface CrmView {
  readonly held: Partial<Outputs>;
  /** Undefined where config leaves the lifecycle alone, and of every model but the main one. */
  readonly stage: Stage | undefined;
  /** The outputs in which the CRM differs from this score; undefined where another time than the present was asked for, or it is not known what people did. */
  readonly differs: readonly string[] | undefined;
  /** Whether the lead came to meet the gates, and only `start` or `--promote` marks it and passes it on. */
  readonly waits: boolean;
  /** In the order of the score's fast tracks and rules. */
  readonly alerts: { readonly fastTracks: readonly AlertState[]; readonly heldRules: readonly AlertState[] };
}

/** `done`: sales was told. `old`: it is from before leadgauge, or too long ago, and alerts nobody. `waiting`: a sync is due. */
export type AlertState = 'done' | 'old' | 'waiting';

const STAGES: Readonly<Record<Stage, string>> = {
  'before-mql': 'before MQL',
  mql: 'MQL',
  'beyond-mql': 'beyond MQL',
};

/** What the CRM holds now, and whether that is this score. */
export function crmLines({ held: outputs, stage, differs, waits }: CrmView): string[] {
  const { score, grade, scoredAt, mqlAt, modelVersion } = outputs;
  const held =
    score === undefined
      ? 'holds no score yet'
      : `holds score ${score}, grade ${grade ?? 'none'}, by model version ${modelVersion ?? 'unknown'}${scoredAt === undefined ? '' : `, changed on ${timeText(scoredAt)}`}`;
  const passed = mqlAt === undefined ? 'not passed to sales by leadgauge' : `passed to sales on ${timeText(mqlAt)}`;
  return [
    hanging(held, 2),
    hanging(stage === undefined ? passed : `stage: ${STAGES[stage]}; ${passed}`, 2),
    ...comparison(differs, waits),
  ];
}

const SAME = '  that is this score: nothing to write';
/** As plan, apply and backfill say it of many. */
const WAITS = 'it came to meet the gates: "leadgauge start" or --promote passes it on';
const NAMES: Readonly<Record<string, string>> = { modelVersion: 'model version', scoredAt: 'time', mql: 'MQL' };

function comparison(all: readonly string[] | undefined, waits: boolean): string[] {
  if (all === undefined) return [];
  const differs = waits ? all.filter((key) => key !== 'mql') : all;
  const names = differs.map((key) => NAMES[key] ?? key);
  const passed = waits ? [hanging(WAITS, 2)] : [];
  if (differs.length === 0) return [waits ? '  that is this score, but for MQL' : SAME, ...passed];
  return [hanging(`not this score yet (${names.join(', ')}): the next sync of this contact writes it`, 2), ...passed];
}
