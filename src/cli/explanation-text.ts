import { explainCrm } from './explain-crm.ts';
import { explainReasons } from './explain-reasons.ts';
import type { ExplainedFastTrack, Explanation } from './explanation.ts';
import { whyNotMql } from './gate-gaps.ts';
import type { Io } from './io.ts';
import { fold, paint, timeText } from './print.ts';

/** The explanation as a person would want it told, in lines. */
export function explanationText(explanation: Explanation, io: Pick<Io, 'colour'>): string[] {
  const { model, record, at, score, fastTracks } = explanation;
  const { total, grade, fit, engagement, flags, mql } = score;
  return [
    paint(io, 'bold', `Score ${total}, grade ${grade}: fit ${fit}, engagement ${engagement}`),
    fold(`contact ${record.lead.id}, ${timeText(at)}, model ${model.id} (version ${model.version})`, 0),
    ...section(io, `Fit ${fit}, of at most ${model.dimensions.fit.max}`, explainReasons(model, score, 'fit')),
    ...section(
      io,
      `Engagement ${engagement}, of at most ${model.dimensions.engagement.max}`,
      explainReasons(model, score, 'engagement'),
    ),
    ...section(io, 'Flags', flags.length === 0 ? ['  none'] : [fold(flags.join(', '), 2)]),
    ...section(io, 'Ready for sales (MQL)', readiness(mql, whyNotMql(model, score))),
    ...section(io, 'Fast tracks', fastTracks.length === 0 ? ['  none'] : fastTracks.map(fastTrackText)),
    ...section(io, 'Next change by itself', [fold(nextText(explanation), 2)]),
    ...section(io, 'The CRM', explainCrm(explanation)),
  ];
}

function section(io: Pick<Io, 'colour'>, heading: string, lines: readonly string[]): string[] {
  return ['', paint(io, 'bold', heading), ...lines];
}

function readiness(mql: boolean, why: readonly string[]): string[] {
  return mql ? ['  yes'] : ['  not yet:', ...why.map((line) => fold(line, 4))];
}

const STATES = {
  done: 'sales was told',
  old: 'from before the first backfill or long ago, so it alerts nobody',
  waiting: 'the next sync will tell sales',
};

function fastTrackText({ rule, activity, state }: ExplainedFastTrack): string {
  const { name = activity.type } = activity;
  const what = name === rule ? rule : `${rule} (${name})`;
  return fold(`${what} on ${timeText(activity.at)}: ${STATES[state]}`, 2);
}

function nextText({ score, next }: Explanation): string {
  if (next === undefined) return 'never: nothing in it changes with time alone';
  const after = next.score;
  const ending = score.flags.filter((flag) => !after.flags.includes(flag));
  const changes = [
    ...(after.total === score.total ? [] : [`the score becomes ${after.total}`]),
    ...(after.grade === score.grade ? [] : [`the grade becomes ${after.grade}`]),
    ...(after.mql === score.mql ? [] : [after.mql ? 'it becomes an MQL' : 'it is no MQL any more']),
    ...(ending.length === 0 ? [] : [`it loses the flag ${ending.join(', ')}`]),
  ];
  return `${timeText(next.at)}: ${changes.length === 0 ? 'only the reasons differ' : changes.join(', ')}`;
}
