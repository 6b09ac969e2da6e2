import { scoreLead } from '../../src/scoring/score-lead.ts';
import type { Part } from './part.ts';
import { checkAgreement, type Scorers } from './scoring/agreement.ts';
import { measureGrowth } from './scoring/growth.ts';
import { handWritten } from './scoring/hand-written/score.ts';
import { benchModel, readLists } from './scoring/model.ts';
import { type Known, NOW, population } from './scoring/population.ts';
import { scoringText } from './scoring/report.ts';
import { rulesEngine } from './scoring/rules-engine/score.ts';
import { type Competitor, median, ratio, takeTurns } from './turns.ts';

const LEADS = 2_000;
const ACTIVITIES = 20;
/** So many are read and scored at once, as a call to a CRM gives them. */
const BATCH = 50;
/** Each lead comes past several times. */
const TURNS = { warmUp: (4 * LEADS) / BATCH, counted: (16 * LEADS) / BATCH };
/** The rules engine is so slow that it sits out most turns; not a divisor of the batches, so that it comes past all leads. */
const RULES_ENGINE_EVERY = 21;

/** How fast a model scores, against a program written for it alone, and against a rules engine. */
export const scoring: Part = {
  async run(say) {
    const lists = readLists();
    const model = benchModel(lists);
    const stamps = { modelVersion: model.version, readyToBuy: model.fieldRules[0]?.meaning ?? '' };
    const scorers: Scorers = {
      compiled: (lead, activities, at) => scoreLead(model, lead, activities, at),
      handWritten: handWritten(lists, stamps),
      rulesEngine: rulesEngine(lists),
    };
    const people = population(LEADS, ACTIVITIES);

    say(`holding the scores of ${LEADS} leads against each other`);
    await checkAgreement(people, scorers);

    say(`scoring in ${TURNS.warmUp + TURNS.counted} turns`);
    const speeds = await takeTurns(competitorsOf(scorers, people), TURNS);
    const [ours = [], byHand = [], byRules = []] = ['compiled', 'handWritten', 'rulesEngine'].map((name) =>
      speeds.get(name),
    );

    say('scoring with smaller and larger models');
    const growth = await measureGrowth(lists);
    const json = {
      leadsPerSecond: Math.round(median(ours)),
      vsHandWritten: rounded(ratio(ours, byHand), 2),
      vsJsonRulesEngine: rounded(ratio(ours, byRules), 0),
      criteria: model.criteria.length,
      activitiesPerLead: ACTIVITIES,
      handWrittenLeadsPerSecond: Math.round(median(byHand)),
      jsonRulesEngineLeadsPerSecond: Math.round(median(byRules)),
      growth,
    };
    return { json, text: scoringText(json) };
  },
};

/** Each turn scores leads that have just been read from JSON, as the ledger gives them: no text of theirs was seen before. */
function competitorsOf({ compiled, handWritten, rulesEngine }: Scorers, people: readonly Known[]): Competitor[] {
  const batches = Array.from({ length: people.length / BATCH }, (_, batch) =>
    JSON.stringify(people.slice(batch * BATCH, (batch + 1) * BATCH)),
  );
  const read = (turn: number): Known[] => JSON.parse(batches[turn % batches.length] ?? '[]');
  const scoring = (score: Scorers['compiled']) => (turn: number) => {
    const fresh = read(turn);
    return {
      size: BATCH,
      run: () => {
        for (const { lead, activities } of fresh) score(lead, activities, NOW);
      },
    };
  };
  return [
    { name: 'compiled', prepare: scoring(compiled) },
    { name: 'handWritten', prepare: scoring(handWritten) },
    {
      name: 'rulesEngine',
      prepare: (turn) => {
        if (turn % RULES_ENGINE_EVERY !== 0) return undefined;
        const fresh = read(turn);
        return {
          size: BATCH,
          run: async () => {
            for (const { lead, activities } of fresh) await rulesEngine(lead, activities, NOW);
          },
        };
      },
    },
  ];
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
