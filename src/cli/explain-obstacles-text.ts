import { OUTPUT_PROPERTIES } from '../crm/outputs/output-properties.ts';
import type { DimensionName } from '../scoring/score.ts';
import { hanging } from './explain-hanging.ts';
import type { Obstacle } from './explain-obstacles.ts';
import type { Choice, Remedy } from './explain-remedy.ts';
import type { Step } from './explain-steps.ts';
import { or } from './explain-words.ts';
import { gapText, handText, missingText } from './gate-gaps.ts';
import { signed } from './print.ts';

/** What stands in the way, in lines, each with what would do it below. */
export function obstacleLines(obstacle: Obstacle): string[] {
  switch (obstacle.kind) {
    case 'set-by-hand':
      return [hanging(`set by hand: ${handText('disqualified')}`, 4), hanging(BY_HAND, 6)];
    case 'ruled-out': {
      const { remedy } = obstacle;
      const why = obstacle.why.map((each) => hanging(`ruled out: ${each}`, 4));
      return remedy === undefined ? why : [...why, hanging(releaseText(remedy), 6)];
    }
    case 'gate': {
      const gap = hanging(gapText(obstacle), 4);
      return obstacle.remedy === undefined ? [gap] : [gap, hanging(remedyText(obstacle.remedy, obstacle.dimension), 6)];
    }
    case 'missing':
      return [hanging(missingText(obstacle.field), 4)];
  }
}

/** The property that setup makes, by its label. */
const DECISION = `"${OUTPUT_PROPERTIES.override.label}" in the CRM`;
const BY_HAND = `only a person can change that: ${DECISION}`;

function releaseText(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'found':
      return `${or(remedy.choices.map(choiceText))} would change that`;
    case 'nothing':
      return BY_HAND;
    case 'more':
    case 'unknown':
      return `nothing was found that would change that; a person can: ${DECISION}`;
  }
}

/** `Pricing page (+10) or Webinar sign-up (+15) would do it`. */
export function remedyText(remedy: Remedy, dimension: DimensionName): string {
  switch (remedy.kind) {
    case 'nothing':
      return NOTHING[dimension];
    case 'unknown':
      return 'nothing that can be tried out would do it, and not all that the model asks for can';
    case 'more':
      return MORE[dimension];
    case 'found':
      return `${or(gainingTexts(remedy.choices))} would do it`;
  }
}

const NOTHING: Readonly<Record<DimensionName, string>> = {
  fit: 'no field that is still empty would do it',
  engagement: 'nothing that the model asks for, and that can be known, would do it',
};
const MORE: Readonly<Record<DimensionName, string>> = {
  fit: 'it takes more than three things that are not known yet',
  engagement: 'it takes more than three things that the model asks for, or some of them again',
};

function gainingTexts(choices: readonly Choice[]): string[] {
  return choices.map((choice, index) => {
    const before = choices[index - 1];
    // Of several things to learn the word is said once.
    const text =
      before !== undefined && isLearned(before) && isLearned(choice) ? learnedText(choice) : choiceText(choice);
    return choice.points === 0 ? text : `${text} (${signed(choice.points)})`;
  });
}

const isLearned = ({ steps }: Choice) => steps.every(({ activity }) => activity === undefined);

function choiceText(choice: Choice): string {
  if (isLearned(choice)) return `learning ${learnedText(choice)}`;
  const text = choice.steps.map(stepText).join(' and ');
  return choice.steps.length < 2 ? text : `${text} together`;
}

const learnedText = ({ steps }: Choice) => thats(steps.flatMap(({ learned }) => learned));

function stepText({ label, activity, learned }: Step): string {
  if (learned.length === 0) return label;
  return activity === undefined ? `learning ${thats(learned)}` : `${label} and learning ${thats(learned)}`;
}

const thats = (phrases: readonly string[]) => phrases.map((phrase) => `that ${phrase}`).join(' and ');
