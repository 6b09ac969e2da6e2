import type { ConfigProblem } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import { conditionMeaning } from '../scoring/condition-meaning.ts';
import { hash } from '../scoring/hash.ts';
import type { ModelFile } from './model-file.ts';

/** What is likely wrong with challengers and only shows beside the other models, each where it stands. */
export function challengerWarnings(files: readonly ModelFile[]): ConfigProblem[] {
  const champions = files.filter(({ model }) => model.challengerTo === undefined);
  const ids = champions.map(({ model }) => model.id);
  return files
    .flatMap((file): ConfigProblem[] => {
      const { challengerTo } = file.model;
      if (challengerTo === undefined) return [];
      const champion = champions.find(({ model }) => model.id === challengerTo);
      if (champion !== undefined) return [...scopeOf(file, champion), ...recycledAtOnce(file, champion)];
      const itself = files.some(({ model }) => model.id === challengerTo);
      const why = itself
        ? `"${challengerTo}" is a challenger itself: name the model that it challenges`
        : `there is no model "${challengerTo}"${suggestion(challengerTo, ids)}`;
      return [{ ...file.locate(['challenger_to']), message: `nothing is scored by this challenger, as ${why}` }];
    })
    .concat(champions.flatMap((champion) => holdoutsOf(champion, files)));
}

/** Beyond this, the challenger is the one in use. */
const MOST = 0.5;

function holdoutsOf({ model }: ModelFile, files: readonly ModelFile[]): ConfigProblem[] {
  const held = files.filter((each) => each.model.challengerTo === model.id && each.model.holdout > 0);
  const last = held.at(-1);
  if (last === undefined) return [];
  // Each picks by chance from all, so that some are picked twice.
  const share = 1 - held.reduce((rest, each) => rest * (1 - each.model.holdout), 1);
  const names = held.map((each) => each.model.id).sort();
  const problem = (message: string): ConfigProblem => ({ ...last.locate(['holdout']), message });
  return [
    ...(held.length > 1
      ? [problem(`the holdouts of ${names.join(' and ')} overlap: who is in both is scored by ${names[0]}`)]
      : []),
    ...(share > MOST
      ? [
          problem(
            `${Math.round(share * 100)}% of the leads would be scored by challengers of ${model.id}: beyond half, make the challenger the model in use`,
          ),
        ]
      : []),
  ];
}

function scopeOf(file: ModelFile, champion: ModelFile): ConfigProblem[] {
  const { applies_to: own } = file.value;
  const { applies_to: theirs } = champion.value;
  if (own === undefined) return [];
  if (theirs !== undefined && hash(conditionMeaning(own)) === hash(conditionMeaning(theirs))) return [];
  const message = `a challenger scores whom its champion is about: this counts for nothing, and ${champion.model.id} has another`;
  return [{ ...file.locateKey(['applies_to']), message }];
}

/** In the holdout its gates hold, and the champion's rule for giving back. */
function recycledAtOnce(file: ModelFile, champion: ModelFile): ConfigProblem[] {
  const { model } = file;
  const { recycle, id } = champion.model;
  if (model.holdout === 0 || recycle === undefined || model.gates.engagement > recycle.below) return [];
  const message = `in the holdout, who becomes an MQL with an engagement of ${model.gates.engagement} may go back at once, as ${id} recycles below ${recycle.below}: set it higher`;
  return [{ ...file.locate(['lifecycle', 'mql', 'engagement']), message }];
}
