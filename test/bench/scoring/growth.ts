import type { Lists } from '../../../src/leads/lists.ts';
import { scoreLead } from '../../../src/scoring/score-lead.ts';
import { type Competitor, median, takeTurns } from '../turns.ts';
import { modelOfSize } from './model.ts';
import { type Known, NOW, population } from './population.ts';

/** How fast a model of some size scores leads with so many activities each. */
export interface Growth {
  readonly criteria: number;
  readonly activities: number;
  readonly leadsPerSecond: number;
}

const CRITERIA = [10, 30, 100];
const ACTIVITIES = [0, 20, 200];
const LEADS = 50;
const TURNS = { warmUp: 40, counted: 41 };

/** Measures every pair of sizes, the fewest criteria first. */
export async function measureGrowth(lists: Lists): Promise<Growth[]> {
  const models = CRITERIA.map((criteria) => ({ criteria, model: modelOfSize(criteria, lists) }));
  const growth: Growth[] = [];
  for (const activities of ACTIVITIES) {
    const people = JSON.stringify(population(LEADS, activities));
    const competitors = models.map(({ criteria, model }): Competitor & { readonly criteria: number } => ({
      name: String(criteria),
      criteria,
      prepare: () => {
        const fresh: Known[] = JSON.parse(people);
        return {
          size: LEADS,
          run: () => {
            for (const { lead, activities: theirs } of fresh) scoreLead(model, lead, theirs, NOW);
          },
        };
      },
    }));
    const speeds = await takeTurns(competitors, TURNS);
    for (const { name, criteria } of competitors) {
      growth.push({ criteria, activities, leadsPerSecond: Math.round(median(speeds.get(name) ?? [])) });
    }
  }
  return growth.sort((one, other) => one.criteria - other.criteria || one.activities - other.activities);
}
