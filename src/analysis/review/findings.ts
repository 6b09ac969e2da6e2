import { leadsText, percentText, wholeText } from '../number-text.ts';
import type { Drift } from './drift.ts';
import type { Review } from './review.ts';

/** What somebody should look into, in sentences, the gravest first; none where nothing stands out. */
export function findingsOf(review: Omit<Review, 'findings'>): string[] {
  return [
    ...stoppedFindings(review),
    ...driftFindings(review),
    ...conversionFindings(review),
    ...volumeFindings(review),
    ...salesFindings(review),
    ...challengeFindings(review),
  ];
}

function stoppedFindings({ criteria, activities }: Omit<Review, 'findings'>): string[] {
  const stopped = criteria.filter(({ word }) => word === 'stopped').map(({ name }) => name);
  const silent = activities.filter(({ word }) => word === 'stopped').map(({ name }) => name);
  return [
    ...(silent.length === 0
      ? []
      : [`No ${listed(silent, 'or')} has come in any more. Is it still collected? leadgauge check tells.`]),
    ...(stopped.length === 0
      ? []
      : [
          `${stopped.length === 1 ? 'A criterion holds' : `${stopped.length} criteria hold`} for nobody any more: ${listed(stopped, 'and')}. ` +
            'Was a form, page or field renamed?',
        ]),
  ];
}

function driftFindings({ score, inputs }: Omit<Review, 'findings'>): string[] {
  const moved = inputs.filter(({ word }) => word === 'much shifted');
  return [
    ...(isShifted(score)
      ? [
          `The scores of new leads have shifted${score.word === 'much shifted' ? ' much' : ''}: ${mostText(score)}. The gates may let too many or too few pass.${sentences(asTodayNote(score))}`,
        ]
      : []),
    ...(moved.length === 0
      ? []
      : [
          `New leads differ much from those before in ${listed(
            moved.map((each) => `${each.name} (${mostText(each)})`),
            'and',
          )}.`,
        ]),
  ];
}

/** What may pass for a drift of the score; nothing where it has none, or all that it is made of is known of the past. */
export function asTodayNote({ word, asToday = [] }: Review['score']): string[] {
  if (asToday.length === 0 || !(isShifted({ word }) || word === 'may be chance')) return [];
  const counts = asToday.length === 1 ? 'counts as it is' : 'count as they are';
  return [`Part of the score's drift may be what was filled in since: ${listed(asToday, 'and')} ${counts} today.`];
}

const sentences = (notes: readonly string[]) => notes.map((note) => ` ${note}`).join('');

function conversionFindings({ conversion, learntUntil }: Omit<Review, 'findings'>): string[] {
  if (conversion === undefined) return [];
  const { earlier, now, word, bands } = conversion;
  const rates = `${percentText(earlier.conversion)} before, ${percentText(now.conversion)} now`;
  const [best] = bands;
  // That it tells less of leads that it does not know is no decay.
  const isComparable = learntUntil === undefined;
  return [
    ...(word === 'no difference shown' ? [] : [`Leads buy ${word === 'lower' ? 'less' : 'more'} often: ${rates}.`]),
    ...(isComparable && best?.word === 'lower'
      ? [
          `The leads with the most points buy less often than they did: ${percentText(best.earlier.conversion)} before, ` +
            `${percentText(best.now.conversion)} now.`,
        ]
      : []),
    ...(isComparable && now.aucHigh !== undefined && earlier.aucLow !== undefined && now.aucHigh < earlier.aucLow
      ? ['The score tells buyers from others less well than it did. leadgauge suggest looks for better points.']
      : []),
  ];
}

/** So few come and go by chance. */
const FEWEST_LEADS = 20;

function volumeFindings({ mqls, newLeads }: Omit<Review, 'findings'>): string[] {
  return [
    ...volumeFinding('came in', newLeads, 0),
    ...volumeFinding('came to be ready for sales', mqls, mqls.cameBefore),
  ];
}

/** @param lacking how many more either may be: nothing is said that these could turn round. */
function volumeFinding(
  what: string,
  { earlier, now }: { readonly earlier: number; readonly now: number },
  lacking: number,
): string[] {
  const isMore = now > (earlier + lacking) * 2;
  const isLess = now + lacking < earlier / 2;
  if (Math.max(earlier, now) < FEWEST_LEADS || !(isMore || isLess)) return [];
  return [
    `${isLess ? 'Less than half' : 'More than twice'} as many leads ${what}: ${wholeText(now)}, ${wholeText(earlier)} before.`,
  ];
}

const MANY_REJECTED = 0.3;
const FEWEST_SAID = 10;
const FEW_IN_TIME = 0.5;
const FEWEST_DECIDED = 5;

function salesFindings({ salesSay, owners }: Omit<Review, 'findings'>): string[] {
  const { rejected, working, notNow, rejectedShare = 0, traits, reasons } = salesSay;
  const said = rejected + working + notNow;
  const cause = traits.find(({ isApart }) => isApart);
  const why =
    cause === undefined
      ? ''
      : ` Many of them had ${cause.name}: ${percentText(cause.rejectedShare)}, against ${percentText(cause.othersShare)} of the others.`;
  const [named] = reasons.toSorted((one, other) => other.rejected - one.rejected);
  const reason =
    named === undefined || named.rejected === 0
      ? ''
      : ` The reason that they name most often is "${named.reason}" (${leadsText(named.rejected)}).`;
  const late = owners.filter(({ decided, inTime }) => decided >= FEWEST_DECIDED && inTime < decided * FEW_IN_TIME);
  return [
    ...(said >= FEWEST_SAID && rejectedShare >= MANY_REJECTED
      ? [`Sales rejected ${wholeText(rejected)} of the ${leadsText(said)} of which they said anything.${reason}${why}`]
      : []),
    ...(late.length === 0
      ? []
      : [
          `Fewer than half of the leads of ${listed(
            late.map(({ owner = 'nobody' }) => owner),
            'and',
          )} were followed up in time.`,
        ]),
  ];
}

function challengeFindings({ challenges }: Omit<Review, 'findings'>): string[] {
  return challenges
    .filter(({ word }) => word === 'better')
    .map(
      ({ challenger, champion, learntUntil }) =>
        `The challenger ${challenger.name} tells buyers from others better than ${champion.name} does (AUC ${challenger.auc.toFixed(3)}, ${champion.auc.toFixed(3)}).${learntUntil === undefined ? '' : ` This is told of leads that came after ${learntUntil}, until when one of the two was learnt.`}`,
    );
}

export const isShifted = ({ word }: Pick<Drift, 'word'>) => word === 'shifted' || word === 'much shifted';

/** `Germany: 40% before, 22% now`; what moved most. */
export function mostText({ parts, most }: Drift): string {
  const part = most === undefined ? undefined : parts[most];
  if (part === undefined) return 'no difference';
  const all = (when: 'earlier' | 'now') => parts.reduce((sum, each) => sum + each[when], 0);
  const shares = `${percentText(part.earlier / all('earlier'))} before, ${percentText(part.now / all('now'))} now`;
  return `${part.label}: ${shares}`;
}

const MOST_LISTED = 5;

function listed(names: readonly string[], word: 'and' | 'or'): string {
  const shown =
    names.length > MOST_LISTED ? [...names.slice(0, MOST_LISTED - 1), `${names.length - MOST_LISTED + 1} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${word} ${last}`;
}
