import type { ModelReport } from '../analysis/model-report.ts';
import { percentText } from '../analysis/number-text.ts';
import { counted } from './print.ts';

/** What was looked at, for the terminal and the page alike. */
export interface PlanReport {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether not all leads were looked at, and of about how many those that were are a sample. */
  readonly sampleOf: number | undefined;
  readonly models: readonly ModelReport[];
  /** Of leads that are not among those of `models`; none when absent. */
  readonly holdouts?: readonly HoldoutReport[];
}

/** What changes for the leads of a holdout. The `model` is the challenger, and so is all else. */
export interface HoldoutReport extends ModelReport {
  /** The id of the model in whose place it is. */
  readonly champion: string;
  /** From 0 to below 1. */
  readonly holdout: number;
}

/** `Holdout of 10%: New points in place of platform`. */
export function holdoutHeading({ name, champion, holdout }: HoldoutReport): string {
  return `Holdout of ${percentText(holdout)}: ${name} in place of ${champion}`;
}

export const number = (value: number) => value.toLocaleString('en-US');

/** `20,000 leads`, `a sample of 500 of about 20,000 leads`. */
export function lookedAt(leads: number, sampleOf: number | undefined): string {
  return sampleOf === undefined
    ? counted(leads, 'lead')
    : `a sample of ${number(leads)} of about ${counted(sampleOf, 'lead')}`;
}

/** What becomes of the scores, in sentences. */
export function scoreSentences(report: ModelReport): string[] {
  const { leads, applies, changed, up, down, unscored, leaving, written } = report;
  const sentences: string[] = [];
  let isLeavingSaid = false;
  if (applies < leads) sentences.push(`The model is about ${number(applies)} of them.`);
  if (changed === 0) sentences.push('No score, grade, reason or flag changes.');
  else if (unscored < applies) {
    const same = changed - up - down - unscored - leaving;
    isLeavingSaid = leaving > 0;
    sentences.push(
      `${counted(changed, 'lead')} ${changed === 1 ? 'changes' : 'change'}: ${number(up)} ${up === 1 ? 'rises' : 'rise'}, ${number(down)} ${down === 1 ? 'falls' : 'fall'}` +
        `${same > 0 ? `, ${number(same)} ${same === 1 ? 'keeps its' : 'keep their'} score and ${same === 1 ? 'changes' : 'change'} otherwise` : ''}${isLeavingSaid ? `, ${number(leaving)} ${leaving === 1 ? 'is' : 'are'} no longer the model's` : ''}.`,
    );
  }
  if (unscored > 0) {
    const who =
      unscored === applies
        ? 'No lead has a score of this model yet'
        : `${counted(unscored, 'lead')} ${unscored === 1 ? 'has' : 'have'} no score yet`;
    sentences.push(`${who}: ${unscored === 1 && applies > 1 ? 'it gets its' : 'they get their'} first.`);
  }
  if (leaving > 0 && !isLeavingSaid) {
    const loses = leaving === 1 ? 'loses its' : 'lose their';
    sentences.push(
      `${counted(leaving, 'lead')} ${loses} score, as the model is no longer about ${leaving === 1 ? 'it' : 'them'}.`,
    );
  }
  if (written > changed) {
    sentences.push(
      `${counted(written - changed, 'lead')} ${written - changed === 1 ? 'gets' : 'get'} the new model version and nothing else.`,
    );
  }
  return sentences;
}

/** Of those that hold its score, a model that is about fewer was likely narrowed by mistake. */
const FEW = 0.1;

/** Said first and loudly: the model is about nobody, or about few of those that hold its score. */
export function fewSentence({ leads, applies, unscored, leaving }: ModelReport): string | undefined {
  const holders = applies - unscored + leaving;
  if (leads === 0 || (applies > 0 && applies >= holders * FEW)) return undefined;
  const lost =
    leaving === 0 ? 'nobody gets a score' : `${number(leaving)} would lose ${leaving === 1 ? 'its' : 'their'} score`;
  return `applies_to holds for ${number(applies)} of ${counted(leads, 'lead')}: ${lost}`;
}

export function mqlSentence({ mql, intoMql, outOfMql, waiting }: ModelReport): string {
  const meet = `${counted(mql.after, 'lead')} ${mql.after === 1 ? 'meets' : 'meet'}`;
  const more = waitingText(waiting);
  if (intoMql === 0 && outOfMql === 0) return `${meet} the MQL gates, the same as now.${more}`;
  const come = `${number(intoMql)} ${intoMql === 1 ? 'comes' : 'come'} in`;
  const go = `${number(outOfMql)} ${outOfMql === 1 ? 'goes' : 'go'} out`;
  return `${meet} the MQL gates, ${number(mql.before)} now: ${come}, ${go}.${more}`;
}

/** Whom no quiet run marks as meeting the gates: a sentence after a blank, or nothing. The same from plan, apply and backfill. */
export function waitingText(waiting: number): string {
  if (waiting === 0) return '';
  const whom = waiting === 1 ? 'it' : 'them';
  return ` ${number(waiting)} more came to meet them: "leadgauge start" or --promote passes ${whom} on.`;
}

export function disqualifiedSentence({ disqualified: { before, after }, ruledOut }: ModelReport): string | undefined {
  if (before === 0 && after === 0) return undefined;
  const why = ruledOut.map((each) => `${each.why}: ${number(each.after)}, ${number(each.before)} now`);
  const whole = `${counted(after, 'lead')} ${after === 1 ? 'is' : 'are'} ruled out, ${number(before)} now`;
  return why.length === 0 ? `${whole}.` : `${whole} (${why.join('; ')}).`;
}

export function promotionSentence({ promotions }: ModelReport): string {
  const apply = 'leadgauge apply';
  return promotions === 0
    ? `"${apply}" promotes nobody.`
    : `"${apply}" promotes nobody; with --promote it moves ${number(promotions)} forward to MQL.`;
}

/** Whom the rules of the model would send where, and that nobody is sent; undefined where they would send nobody. */
export function routeSentence({ toLead, recycled, nurture, fastTracked, fastTracks }: ModelReport): string | undefined {
  const nurtured = nurture.reduce((sum, { leads }) => sum + leads, 0);
  const moves = [
    ...(fastTracked > 0 ? [`put ${number(fastTracked)} before sales by a fast track${rules(fastTracks)}`] : []),
    ...(nurtured > 0 ? [`route ${number(nurtured)} to nurture${rules(nurture)}`] : []),
    ...(recycled > 0 ? [`give ${number(recycled)} back to marketing`] : []),
    ...(toLead > 0 ? [`move ${number(toLead)} forward to lead`] : []),
  ];
  if (moves.length === 0) return undefined;
  const [last = '', ...others] = moves.toReversed();
  const all = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
  return `Had its rules been there all along, the model would ${all}. None of these is moved: the rules hold from the next start on, for what comes then.`;
}

/** ` (demo-request: 19, trial: 2)`. */
function rules(counts: ModelReport['nurture']): string {
  return ` (${counts.map(({ rule, leads }) => `${rule}: ${number(leads)}`).join(', ')})`;
}

/** The same, once it is done. */
export function appliedSentences({
  changed,
  up,
  down,
  unscored,
  leaving,
  mql,
  intoMql,
  outOfMql,
  waiting,
}: ModelReport): string[] {
  const first = unscored > 0 ? ` ${number(unscored)} got their first score.` : '';
  const last = leaving > 0 ? ` ${number(leaving)} lost theirs, as the model is no longer about them.` : '';
  return [
    `${counted(changed, 'lead')} changed: ${number(up)} rose, ${number(down)} fell.${first}${last}`,
    `${counted(mql.after, 'lead')} meet the MQL gates, ${number(mql.before)} before: ${number(intoMql)} came in, ${number(outOfMql)} went out.${waitingText(waiting)}`,
  ];
}
