import type { BeforeAfter, Figures } from './figures.ts';
import { type HistogramStep, stepsOf } from './histogram.ts';
import type { ReasonRow, Shift } from './reason-rows.ts';

/** What a model changes, as `plan --json` prints it. */
export interface ModelReport {
  readonly model: string;
  readonly name: string;
  readonly version: string;
  /** Looked at. */
  readonly leads: number;
  /** Whom the model is about. */
  readonly applies: number;
  /** To be written to, be it for the version of the model alone. */
  readonly written: number;
  /** Whose score, grade, reasons, flags or the like differ. */
  readonly changed: number;
  readonly unscored: number;
  readonly leaving: number;
  readonly up: number;
  readonly down: number;
  readonly intoMql: number;
  readonly outOfMql: number;
  /** Whom `apply --promote` moves forward to MQL. */
  readonly promotions: number;
  /** Whose stage would come to be that of a lead, had the gates been there all along. The same goes for those that follow. */
  readonly toLead: number;
  /** Who would be given back to marketing. */
  readonly recycled: number;
  /** Who would be routed to nurture, by rule; each once. */
  readonly nurture: readonly RuleCount[];
  /** Who did what a fast track asks for, or fits one on fields, and sales was never told of it; each once. */
  readonly fastTracked: number;
  /** The same by rule; one may come under several. */
  readonly fastTracks: readonly RuleCount[];
  /** Who came to meet the gates and is left for `start` or `--promote` to mark and pass on; not among those of `mql`. */
  readonly waiting: number;
  readonly mql: BeforeAfter;
  /** Leads that are ruled out. */
  readonly disqualified: BeforeAfter;
  /** Leads by what rules them out, where that changes. */
  readonly ruledOut: readonly RuledOut[];
  /** Leads by their grade now, then by the grade they get, where the two differ: `{"B2":{"A2":12}}`. */
  readonly grades: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** In the order of the model. */
  readonly criteria: readonly CriterionReport[];
  /** Lines that the CRM holds of criteria that the model no longer has. */
  readonly removed: readonly ShiftReport[];
  /** Caps and floors. */
  readonly limits: readonly ShiftReport[];
  /** Ids of criteria that hold for nobody. */
  readonly never: readonly string[];
  /** Ids of criteria that hold for nearly everyone, and so tell nobody apart. */
  readonly nearlyEveryone: readonly string[];
  readonly scores: readonly HistogramStep[];
}

export interface RuleCount {
  readonly rule: string;
  readonly leads: number;
}

export interface RuledOut extends Readonly<BeforeAfter> {
  readonly why: string;
}

export interface ShiftReport extends Readonly<Shift> {
  readonly label: string;
}

export interface CriterionReport extends ShiftReport {
  readonly id: string;
  /** For how many leads it holds. */
  readonly fires: number;
  /** Of those that the model is about, from 0 to 1. */
  readonly share: number;
}

/** From this share of the leads on, a criterion says nearly the same of all of them. */
export const NEARLY_EVERYONE = 0.95;

export function reportOf(figures: Figures): ModelReport {
  const { model, applies, rows } = figures;
  const criteria = rows.all.filter(isCriterion).map((row) => criterionReport(row, figures));
  const moved = (kind: ReasonRow['kind']) =>
    rows.all.filter((row) => row.kind === kind && row.changed > 0).map(shiftReport);
  return {
    model: model.id,
    name: model.name,
    version: model.version,
    leads: figures.leads,
    applies,
    written: figures.written,
    changed: figures.changed,
    unscored: figures.unscored,
    leaving: figures.leaving,
    up: figures.up,
    down: figures.down,
    intoMql: figures.intoMql,
    outOfMql: figures.outOfMql,
    promotions: figures.promotions,
    toLead: figures.toLead,
    recycled: figures.recycled,
    nurture: byRule(figures.nurture),
    fastTracked: figures.fastTracked,
    fastTracks: byRule(figures.fastTracks),
    waiting: figures.waiting,
    mql: { ...figures.mql },
    disqualified: { ...figures.disqualified },
    ruledOut: [...figures.ruledOut]
      .map(([why, counts]) => ({ why, ...counts }))
      .filter(({ before, after }) => before !== after),
    grades: sortedKeys(figures.grades, (to) => sortedKeys(to, (count) => count)),
    criteria,
    removed: moved('removed'),
    limits: moved('limit'),
    never: applies === 0 ? [] : criteria.filter(({ fires }) => fires === 0).map(({ id }) => id),
    nearlyEveryone: criteria.filter(({ share }) => share >= NEARLY_EVERYONE).map(({ id }) => id),
    scores: stepsOf(figures.scores),
  };
}

/** The rule of most leads first. */
function byRule(counts: ReadonlyMap<string, number>): RuleCount[] {
  const rules = [...counts].map(([rule, leads]) => ({ rule, leads }));
  return rules.sort((one, other) => other.leads - one.leads || one.rule.localeCompare(other.rule));
}

function criterionReport(row: ReasonRow, { holds, applies }: Figures): CriterionReport {
  const fires = holds.get(row.id) ?? 0;
  return { id: row.id, ...shiftReport(row), fires, share: applies === 0 ? 0 : round(fires / applies) };
}

function shiftReport({ label, changed, points, up, down }: ReasonRow): ShiftReport {
  return { label, changed, points, up, down };
}

const isCriterion = ({ kind }: ReasonRow) => kind === 'criterion';

/** To a hundredth of a percent. */
const round = (share: number) => Math.round(share * 10_000) / 10_000;

function sortedKeys<From, To>(map: ReadonlyMap<string, From>, to: (value: From) => To): Record<string, To> {
  const keys = [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(keys.map(([key, value]) => [key, to(value)]));
}
