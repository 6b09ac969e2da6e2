import { compileModel } from '../../scoring/compile-model.ts';
import type { CompiledModel } from '../../scoring/compiled-model.ts';
import { modelSchema } from '../../scoring/model-schema.ts';
import type { ModelParts } from '../../settings/model-file.ts';
import { asksActivity } from '../asks-activity.ts';
import type { Feature } from '../history.ts';
import type { PlainModel } from './plain-model.ts';

/**
 * A model that gives a point for each feature: whoever scores by it asks the questions as any model would. As in the model that is
 * suggested, activities count once, and do not fade, the same fields are required, and the same criteria rule leads out.
 */
export function questionModel(
  features: readonly Feature[],
  { personas, engagement, lifecycle: { requires } }: PlainModel,
  parts: ModelParts,
): CompiledModel {
  const criteria = (dimension: Feature['dimension']) => features.filter((feature) => feature.dimension === dimension);
  const source = modelSchema.parse({
    model: 'questions',
    name: 'Questions',
    ...(personas !== undefined && { personas }),
    fit: { max: MOST, groups: [{ name: 'Fit', criteria: [...criteria('fit').map(asked), ANY_FIT] }] },
    engagement: {
      max: MOST,
      window: engagement.window,
      groups: [{ name: 'Engagement', criteria: [...criteria('engagement').map(asked), ANY_ENGAGEMENT] }],
    },
    grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } },
    lifecycle: { mql: { fit: 1, engagement: 1 }, ...(requires !== undefined && { requires }) },
  });
  return compileModel(source, parts);
}

const MOST = 1_000_000;

/** A dimension must have a criterion. */
const ANY_FIT = { id: 'no-question-of-fit', when: { field: 'email', exists: true }, points: 1 };
const ANY_ENGAGEMENT = { id: 'no-question-of-engagement', when: { activity: 'page-view' }, points: 1 };

function asked({ id, when, kept }: Feature) {
  const { window, disqualify } = kept ?? {};
  return {
    id,
    when,
    points: 1,
    ...(disqualify !== undefined && { disqualify }),
    ...(asksActivity(when) && { per: 'once', ...(window !== undefined && { window }) }),
  };
}
