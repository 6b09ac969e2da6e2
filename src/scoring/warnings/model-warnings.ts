import type { Dimensions } from '../compiled-model.ts';
import type { ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';
import type { Sources } from '../operator-row.ts';
import { aloneEnough } from './alone-enough.ts';
import { oddLeadGates } from './lifecycle.ts';
import { neverApplies } from './never-applies.ts';
import { openBands } from './open-bands.ts';
import { outOfReach } from './out-of-reach.ts';
import { plainStar } from './plain-star.ts';
import { oddRoutes } from './routes.ts';
import { ruledOutWithPoints } from './ruled-out-with-points.ts';
import { sameQuestion } from './same-question.ts';
import { shortMemory } from './short-memory.ts';
import { tightCap } from './tight-cap.ts';

/** What is legal in a model that compiles and likely a mistake, each with its place. Only what is certain is said. */
export function modelWarnings(source: ModelSource, dimensions: Dimensions, sources: Sources): ModelProblem[] {
  return [
    ...neverApplies(source, sources),
    ...sameQuestion(source, dimensions),
    ...outOfReach(source, dimensions),
    ...shortMemory(source, dimensions),
    ...aloneEnough(source, dimensions),
    ...oddLeadGates(source),
    ...oddRoutes(source),
    ...tightCap(source, dimensions),
    ...ruledOutWithPoints(source),
    ...openBands(source),
    ...plainStar(source),
  ];
}
