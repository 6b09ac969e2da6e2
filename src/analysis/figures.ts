import type { CompiledModel } from '../scoring/compiled-model.ts';
import { type ComparedLead, isChanged, isWritten, type Moves, valueAfter } from './compared-lead.ts';
import { heldGrade, heldLine } from './held-text.ts';
import { countScore, type Histogram, newHistogram } from './histogram.ts';
import { type ReasonRows, reasonRows } from './reason-rows.ts';
import { countShifts } from './reason-shifts.ts';

/** What a model changes, counted lead by lead; its size does not grow with the number of leads. */
export interface Figures {
  readonly model: CompiledModel;
  /** All that were looked at. */
  leads: number;
  /** Those that the model is about. */
  applies: number;
  /** Those that hold its score and that it is no longer about. */
  leaving: number;
  /** Those that have no score of it yet. */
  unscored: number;
  written: number;
  changed: number;
  up: number;
  down: number;
  intoMql: number;
  outOfMql: number;
  promotions: number;
  /** Whose stage comes to be that of a lead. */
  toLead: number;
  recycled: number;
  /** Leads by the nurture rule that routes them. */
  readonly nurture: Map<string, number>;
  /** Leads by the fast-track rule that puts them before sales; one may come under several. */
  readonly fastTracks: Map<string, number>;
  /** Who comes before sales by any of these. */
  fastTracked: number;
  /** Who came to meet the gates and is left for `start` or `--promote`; not among those of `mql`. */
  waiting: number;
  readonly mql: BeforeAfter;
  /** Leads that are ruled out. */
  readonly disqualified: BeforeAfter;
  /** Leads by what rules them out. */
  readonly ruledOut: Map<string, BeforeAfter>;
  /** Leads by their grade now and the one they get; `other` is no grade, which somebody wrote. */
  readonly grades: Map<string, Map<string, number>>;
  /** Leads by the criterion that holds for them. */
  readonly holds: Map<string, number>;
  readonly rows: ReasonRows;
  readonly scores: Histogram;
}

export interface BeforeAfter {
  before: number;
  after: number;
}

export function newFigures(model: CompiledModel): Figures {
  const { fit, engagement } = model.dimensions;
  const isOpen = !Number.isFinite(fit.floor + engagement.floor);
  return {
    model,
    leads: 0,
    applies: 0,
    leaving: 0,
    unscored: 0,
    written: 0,
    changed: 0,
    up: 0,
    down: 0,
    intoMql: 0,
    outOfMql: 0,
    promotions: 0,
    toLead: 0,
    recycled: 0,
    nurture: new Map(),
    fastTracks: new Map(),
    fastTracked: 0,
    waiting: 0,
    mql: { before: 0, after: 0 },
    disqualified: { before: 0, after: 0 },
    ruledOut: new Map(),
    grades: new Map(),
    holds: new Map(),
    rows: reasonRows(model),
    scores: newHistogram(isOpen ? -LOWEST_SHOWN : 0, fit.max + engagement.max),
  };
}

/** A model without floors may give any number of points below 0. */
const LOWEST_SHOWN = 100;

export function countLead(figures: Figures, lead: ComparedLead): void {
  const { before, holds, moves, waits } = lead;
  figures.leads += 1;
  const isScored = before.score !== undefined;
  if (holds !== undefined) {
    figures.applies += 1;
    if (!isScored) figures.unscored += 1;
  } else if (isScored) figures.leaving += 1;
  if (isWritten(lead)) figures.written += 1;
  if (isChanged(lead)) figures.changed += 1;
  if (waits) figures.waiting += 1;
  for (const id of holds ?? []) addOne(figures.holds, id);
  countMoves(figures, moves);
  countScores(figures, before.score, valueAfter(lead, 'score'));
  countMql(figures, before.mql === true, valueAfter(lead, 'mql') === true);
  countGrades(figures, before.grade, valueAfter(lead, 'grade'));
  countRuledOut(figures, 'before', before.disqualified);
  countRuledOut(figures, 'after', valueAfter(lead, 'disqualified'));
  // Who leaves loses all points at once, which no criterion causes.
  if (holds !== undefined || !isScored) countShifts(figures.rows, before.reasons, valueAfter(lead, 'reasons'));
}

function countMoves(figures: Figures, { promotes, toLead, recycles, nurture, fastTracks }: Moves): void {
  if (promotes) figures.promotions += 1;
  if (toLead) figures.toLead += 1;
  if (recycles) figures.recycled += 1;
  if (nurture !== undefined) addOne(figures.nurture, nurture);
  if (fastTracks.length > 0) figures.fastTracked += 1;
  for (const rule of fastTracks) addOne(figures.fastTracks, rule);
}

const addOne = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1);

function countScores(figures: Figures, before: number | undefined, after: number | undefined): void {
  if (before !== undefined) countScore(figures.scores, 'before', before);
  if (after !== undefined) countScore(figures.scores, 'after', after);
  if (before === undefined || after === undefined) return;
  if (after > before) figures.up += 1;
  if (after < before) figures.down += 1;
}

function countMql(figures: Figures, before: boolean, after: boolean): void {
  if (before) figures.mql.before += 1;
  if (after) figures.mql.after += 1;
  if (after && !before) figures.intoMql += 1;
  if (before && !after) figures.outOfMql += 1;
}

/** The property may hold whatever somebody wrote over it: more than these are counted in all alone. */
const MOST_WHYS = 200;

function countRuledOut({ disqualified, ruledOut }: Figures, when: keyof BeforeAfter, whys: string | undefined): void {
  if (whys === undefined) return;
  disqualified[when] += 1;
  for (const why of new Set(whys.split('\n').map(heldLine))) {
    const known = ruledOut.get(why) ?? { before: 0, after: 0 };
    known[when] += 1;
    if (ruledOut.size < MOST_WHYS) ruledOut.set(why, known);
  }
}

function countGrades({ grades }: Figures, before: string | undefined, after: string | undefined): void {
  if (before === undefined || after === undefined || before === after) return;
  const [from, then] = [heldGrade(before), heldGrade(after)];
  const to = grades.get(from) ?? new Map<string, number>();
  grades.set(from, to);
  to.set(then, (to.get(then) ?? 0) + 1);
}
