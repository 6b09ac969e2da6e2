import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { backtest } from '../../../src/analysis/backtest.ts';
import { ownQuestions } from '../../../src/analysis/questions/own-questions.ts';
import { plainModelSchema } from '../../../src/analysis/questions/plain-model.ts';
import { questionModel } from '../../../src/analysis/questions/question-model.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { suggest } from '../../../src/analysis/suggest.ts';
import { withoutTwins } from '../../../src/analysis/table/without-twins.ts';
import { DAY } from '../../../src/base/clock.ts';
import { loadConfig } from '../../../src/settings/config.ts';
import { askPast } from '../../../src/sync/history/ask-past.ts';
import { withPast } from '../../../src/sync/history/read-past.ts';
import { scorePast } from '../../../src/sync/history/score-past.ts';
import { rememberingCrm } from './remembering-crm.ts';

/** Reads, judges and learns from so many leads with so many activities, in a process of its own: its peak of memory is nobody else's. */
const [leads = 0, activities = 0] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'leadgauge-bench-history-'));
try {
  const config = loadConfig('config');
  const [model] = config.models.models;
  if (model === undefined) throw new Error('config has no model');
  const plain = plainModelSchema.parse(parse(readFileSync('config/models/platform.yaml', 'utf8')));
  const crm = rememberingCrm({ leads, activities });
  const since = crm.clock.now() - 730 * DAY;
  const seconds: Record<string, number> = {};
  let began = performance.now();
  const lap = (what: string) => {
    const now = performance.now();
    seconds[what] = (now - began) / 1_000;
    began = now;
  };
  const figures = await withPast(crm, { folder, since, lookBack: 180 * DAY, before: DAY }, async (past) => {
    lap('read');
    const { scored: own } = await scorePast(past, model);
    lap('score');
    const report = backtest(own.history, own.scores, { random: seededRandom(1), sent: own.sent, grades: own.grades });
    lap('backtest');
    const features = ownQuestions(plain);
    const questions = questionModel(features, plain, config);
    const asking = { model, questions, features, fields: past.fields, window: 180 * DAY };
    const history = withoutTwins((await askPast(past, asking)).history);
    lap('ask');
    const suggestion = await suggest(history, { random: seededRandom(1), folds: 10 });
    lap('suggest');
    return {
      looked: report.leads,
      buyers: report.buyers,
      auc: report.auc,
      features: history.features.length,
      learnt: suggestion.auc,
    };
  });
  // In kilobytes.
  const peakMemory = process.resourceUsage().maxRSS * 1_024;
  process.stdout.write(JSON.stringify({ leads, activities, ...figures, seconds, peakMemory }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
