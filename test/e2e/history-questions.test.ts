import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { gatesFor } from '../../src/analysis/gates.ts';
import { ownQuestions } from '../../src/analysis/questions/own-questions.ts';
import { keptParts, plainModelSchema } from '../../src/analysis/questions/plain-model.ts';
import { questionModel } from '../../src/analysis/questions/question-model.ts';
import { seededRandom } from '../../src/analysis/statistics/seeded-random.ts';
import { suggest } from '../../src/analysis/suggest.ts';
import { suggestedModel } from '../../src/analysis/suggested-model.ts';
import { withoutTwins } from '../../src/analysis/table/without-twins.ts';
import { DAY } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { readOtherModel } from '../../src/settings/model-file.ts';
import { askPast } from '../../src/sync/history/ask-past.ts';
import { withPast } from '../../src/sync/history/read-past.ts';
import { scorePast } from '../../src/sync/history/score-past.ts';
import { tempFolder } from '../support/run-cli.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

test('the model that is suggested gives each lead the very points by which it was judged', {
  timeout: 120_000,
}, async () => {
  const config = loadConfig('config');
  const world = await openTestWorld(redis, { leads: 900, buyers: 'by-rule', config });
  const [model] = config.models.models;
  if (model === undefined) throw new Error('config has no model');
  const plain = plainModelSchema.parse(parse(readFileSync('config/models/platform.yaml', 'utf8')));
  const features = ownQuestions(plain);
  const now = world.clock.now();
  const options = { folder: tempFolder(), since: now - 730 * DAY, lookBack: 180 * DAY, before: DAY };
  await withPast(world.connection, options, async (past) => {
    const { history: all } = await askPast(past, {
      model,
      questions: questionModel(features, plain, config),
      features,
      fields: past.fields,
      window: 180 * DAY,
    });
    const history = withoutTwins(all);
    expect(history.features.map(({ id }) => id)).toEqual(expect.arrayContaining(features.map(({ id }) => id)));
    const suggestion = await suggest(history, { random: seededRandom(1), folds: 3 });
    const gates = gatesFor({ shareOfBuyers: 0.8 }, suggestion, history);
    const text = suggestedModel(suggestion, {
      model: 'suggested',
      name: 'Suggested',
      place: 'new',
      gates,
      window: plain.engagement.window,
      requires: plain.lifecycle.requires ?? [],
      kept: keptParts(plain),
    });
    const file = join(tempFolder(), 'suggested.yaml');
    writeFileSync(file, text);
    const { model: suggested, warnings } = readOtherModel(file, config);
    expect(warnings.map(({ message }) => message)).toEqual([]);
    const { scored } = await scorePast(past, suggested);
    const given = [...scored.scores];
    const { fit, engagement } = suggestion.scores;
    expect(given).toHaveLength(fit.length);
    expect(given).toEqual(
      [...fit].map((points, lead) => points + (engagement[lead] ?? 0) + gates.base.fit + gates.base.engagement),
    );
    // What the model does beside giving points, it does still.
    expect(suggested.flags).toEqual(model.flags);
    expect(suggested.personas).toEqual(model.personas);
    expect(suggested.criteria.filter(({ disqualify }) => disqualify !== undefined).map(({ id }) => id)).toEqual([
      'competitor',
    ]);
  });
});
