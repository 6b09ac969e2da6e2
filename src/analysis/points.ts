import { roundHalfAway } from '../scoring/rounding.ts';

/** So many points double the odds that a lead buys. */
export const POINTS_TO_DOUBLE = 10;

const POINTS_PER_LOG_ODDS = POINTS_TO_DOUBLE / Math.LN2;

/** Whole points for what a feature adds to the log odds. */
export function pointsOf(logOdds: number): number {
  return roundHalfAway(logOdds * POINTS_PER_LOG_ODDS);
}

/** What so many points add to the log odds. */
export function logOddsOf(points: number): number {
  return points / POINTS_PER_LOG_ODDS;
}
