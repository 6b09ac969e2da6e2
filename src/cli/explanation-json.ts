import { challengerJson } from './explain-challengers.ts';
import type { CrmView } from './explain-crm.ts';
import type { Later, NotBefore } from './explain-next.ts';
import type { Obstacle } from './explain-obstacles.ts';
import type { Choice, Remedy } from './explain-remedy.ts';
import type { Explanation, Told } from './explanation.ts';
import { isoTime } from './print.ts';
import { notAboutJson, scoreJson } from './score-json.ts';

/** The explanation for programs, model by model: what `score --json` gives, and more. */
export function explanationJson({ lead, at, explanations, others }: Told, note: string | undefined): object[] {
  return [
    ...explanations.map((explanation) => ({ ...byModel(explanation), note })),
    ...others.map(({ model, isHeld }) => ({ ...notAboutJson(model, lead.id, at), isHeld, note })),
  ];
}

function byModel(explanation: Explanation) {
  const { model, lead, at, score, obstacles, silences, next, crm, notTaken, challengers } = explanation;
  const { fastTracks, heldRules } = score;
  return {
    ...scoreJson(model, lead.id, score, at),
    obstacles: obstacles.map(obstacleJson),
    inactivity: silences.map(({ criterion, points, last, from, holds }) => {
      return { criterion, points, last: isoTime(last), from: isoTime(from), holds };
    }),
    fastTracks: fastTracks.map(({ rule, activity }, index) => {
      return { rule, at: isoTime(activity.at), state: crm?.alerts.fastTracks[index] };
    }),
    heldRules: heldRules.map(({ rule }, index) => ({ rule, state: crm?.alerts.heldRules[index] })),
    notTaken: [
      ...notTaken.fastTracks.map(({ rule, activity }) => ({ rule, at: isoTime(activity.at) })),
      ...notTaken.heldRules.map(({ rule }) => ({ rule })),
    ],
    next: next && nextJson(next),
    ...(challengers.length > 0 && { challengers: challengers.map(challengerJson) }),
    crm: crm && crmJson(crm),
  };
}

function obstacleJson(obstacle: Obstacle) {
  return 'remedy' in obstacle ? { ...obstacle, remedy: obstacle.remedy && remedyJson(obstacle.remedy) } : obstacle;
}

function remedyJson(remedy: Remedy) {
  return remedy.kind === 'found' ? { ...remedy, choices: remedy.choices.map(choiceJson) } : remedy;
}

function choiceJson({ steps, points }: Choice) {
  return {
    points,
    steps: steps.map(({ criterion, label, activity, fields }) => ({ criterion, label, activity, fields })),
  };
}

function nextJson(next: Later | NotBefore) {
  if ('notBefore' in next) return { notBefore: isoTime(next.notBefore) };
  const { at, score } = next;
  const { total, fit, engagement, grade, mql, flags, disqualifications } = score;
  return { at: isoTime(at), score: total, fit, engagement, grade, mql, flags, disqualifications };
}

function crmJson({ held, stage, differs }: CrmView) {
  return {
    ...held,
    scoredAt: isoTime(held.scoredAt),
    mqlAt: isoTime(held.mqlAt),
    fastTrackAt: isoTime(held.fastTrackAt),
    stage,
    differs,
  };
}
