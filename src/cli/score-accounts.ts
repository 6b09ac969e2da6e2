import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { type AccountRule, rollUp } from '../scoring/roll-up.ts';
import type { Score } from '../scoring/score.ts';
import { counted } from './print.ts';

/** What the people of one company score together by one model. */
export interface AccountScore {
  readonly account: string;
  readonly model: string;
  readonly score: number;
  readonly leads: number;
  /** How their scores make it one. */
  readonly rule: AccountRule;
}

/** A lead with what the models that are about it say. */
export interface Person {
  readonly lead: Lead;
  readonly verdicts: readonly { readonly model: CompiledModel; readonly score: Score }[];
}

/** The scores of all companies that leads of a file belong to, by every model that rolls them up; as a sync would count them. */
export function accountScores(models: readonly CompiledModel[], people: readonly Person[]): AccountScore[] {
  const accounts = Map.groupBy(people, ({ lead }) => lead.accountId);
  return models.flatMap((model) =>
    [...accounts].flatMap(([account, members]): AccountScore[] => {
      const rule = model.account;
      const scores = members.flatMap(({ verdicts }) => verdicts.filter((one) => one.model === model));
      if (account === undefined || rule === undefined || scores.length === 0) return [];
      const score = rollUp(
        rule,
        scores.map((one) => one.score[rule.of]),
      );
      return [{ account, model: model.id, score, leads: scores.length, rule }];
    }),
  );
}

/** `account acme: 90 (3 leads, the sum of the best 2 by total)`. */
export function accountText({ account, model, score, leads, rule }: AccountScore, areSeveral: boolean): string {
  const by = areSeveral ? `, model ${model}` : '';
  return `account ${account}${by}: ${score} (${counted(leads, 'lead')}, ${ruleText(rule)})`;
}

function ruleText({ of, rollUp: how }: AccountRule): string {
  if (how === 'max') return `the best by ${of}`;
  return how === 'average' ? `the average by ${of}` : `the sum of the best ${how.sumOfTop} by ${of}`;
}
