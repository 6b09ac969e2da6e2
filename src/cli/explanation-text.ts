import { challengerLines } from './explain-challengers.ts';
import { crmLines } from './explain-crm.ts';
import { fastTrackLines } from './explain-fast-tracks.ts';
import { hanging } from './explain-hanging.ts';
import { headerLines, whose } from './explain-header.ts';
import { leftOutLines } from './explain-left-out.ts';
import { nextText } from './explain-next-text.ts';
import { obstacleLines } from './explain-obstacles-text.ts';
import { reasonLines } from './explain-reasons.ts';
import { silenceLines } from './explain-silences-text.ts';
import type { Explanation, OtherModel, Told } from './explanation.ts';
import { isRuledOut } from './gate-gaps.ts';
import type { Io } from './io.ts';
import { lifecycleLines } from './lifecycle-text.ts';
import { paint } from './print.ts';

/** The explanation as a person would want it told, in lines: model after model. */
export function explanationText(told: Told, io: Pick<Io, 'colour'>): string[] {
  const { explanations, others, unknown } = told;
  if (explanations.length === 0) return [whose(told), ...otherLines(others, told)];
  return [
    ...(unknown === undefined ? [] : [hanging(unknown, 0), '']),
    ...explanations.flatMap((one, index) => [...(index === 0 ? [] : ['', RULE]), ...byModel(one, told, io)]),
    ...(others.length === 0 ? [] : ['', ...otherLines(others, told)]),
  ];
}

const RULE = '-'.repeat(80);

function byModel(explanation: Explanation, told: Told, io: Pick<Io, 'colour'>): string[] {
  const { model, score, crm } = explanation;
  const { total, grade, fit, engagement, flags, leftOut } = score;
  const section = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint(io, 'bold', heading), ...lines];
  return [
    paint(io, 'bold', `Score ${total}, grade ${grade}: fit ${fit}, engagement ${engagement}`),
    ...headerLines(explanation, told),
    ...section(`Fit ${fit}, of at most ${model.dimensions.fit.max}`, reasonLines(explanation, 'fit')),
    ...section(
      `Engagement ${engagement}, of at most ${model.dimensions.engagement.max}`,
      reasonLines(explanation, 'engagement'),
    ),
    ...section('Left out: machines, not the person', leftOutLines(leftOut)),
    ...section('Inactivity', silenceLines(explanation)),
    ...section('Flags', flags.length === 0 ? ['  none'] : [hanging(flags.join(', '), 2)]),
    ...section('Ready for sales (MQL)', readiness(explanation)),
    ...section('Fast tracks', fastTrackLines(explanation)),
    ...section('Stage and series', told.unknown === undefined ? lifecycleLines(explanation) : []),
    ...section('Next change by itself', told.unknown === undefined ? [hanging(nextText(explanation), 2)] : []),
    ...section('Challengers', challengerLines(explanation.challengers)),
    ...section('The CRM', crm === undefined ? [] : crmLines(crm)),
  ];
}

function readiness({ score, obstacles }: Explanation): string[] {
  if (score.mql) return [score.override === undefined ? '  yes' : '  yes: set by hand'];
  const isNo = isRuledOut(score) || score.override === 'disqualified';
  return [isNo ? '  no:' : '  not yet:', ...obstacles.flatMap(obstacleLines)];
}

function otherLines(others: readonly OtherModel[], { noun }: Told): string[] {
  const ids = (some: readonly OtherModel[]) => some.map(({ model }) => model.id).join(', ');
  const held = others.filter(({ isHeld }) => isHeld);
  return [
    hanging(`not about this ${noun}: ${others.length === 1 ? 'the model' : 'the models'} ${ids(others)}`, 0),
    ...(held.length === 0 ? [] : [hanging(`the next sync empties what the CRM still holds of ${ids(held)}`, 0)]),
  ];
}
