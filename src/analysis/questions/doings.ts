import { inWords } from '../../base/in-words.ts';
import type { Activity, ActivityType } from '../../leads/activity.ts';
import { normaliseText } from '../../leads/text.ts';
import { leftOut } from '../../scoring/left-out.ts';
import { pathOf, urlPatternProblem } from '../../scoring/url-pattern.ts';
import { OF_SALES } from '../asks-activity.ts';
import type { Asked } from '../table/column-features.ts';

/** What people did, in questions that a model could ask: of some kind at all, with a form or a name, on a page or in a part of the site. */
export interface DoingsReader {
  /**
   * One more lead, ascending. @param activities as `orderActivities` gives them, none after `at`, the time at which the lead is looked at
   * in milliseconds since 1970.
   */
  add(lead: number, activities: readonly Activity[], at: number): void;
  /** The questions that hold for at least so many leads, and do not for at least as many; the most even ones where there are very many. */
  finish(leads: number, least: number): Doing[];
}

export interface Doing extends Asked {
  /** The kind of activity, for people. */
  readonly source: string;
}

/** What comes up first among later leads is rare: without an end, a site of a million pages would fill the memory. */
const MOST_ASKED = 20_000;
const MOST_TOLD = 200;

/** Of these it matters on which page they were, more than what they are called. */
const ON_PAGES: ReadonlySet<ActivityType> = new Set(['page-view', 'page-click', 'visit']);

/** @param window how far back is looked, in milliseconds. */
export function readDoings(window: number): DoingsReader {
  const asked = new Map<string, { readonly question: Question; readonly leads: number[] }>();

  function note(lead: number, question: Question): void {
    const key = `${question.type} ${question.what} ${question.subject}`;
    const known = asked.get(key);
    if (known !== undefined) {
      if (known.leads.at(-1) !== lead) known.leads.push(lead);
    } else if (asked.size < MOST_ASKED) asked.set(key, { question, leads: [lead] });
  }

  return {
    add(lead, activities, at) {
      const machines = leftOut(activities);
      for (const [place, activity] of activities.entries()) {
        if (machines?.[place] !== undefined || OF_SALES.has(activity.type) || at - activity.at >= window) continue;
        for (const question of questionsAbout(activity)) note(lead, question);
      }
    },
    finish: (leads, least) =>
      [...asked.values()]
        .filter((one) => one.leads.length >= least && one.leads.length <= leads - least)
        .sort((one, other) => evenness(other.leads, leads) - evenness(one.leads, leads))
        .slice(0, MOST_TOLD)
        .map(({ question, leads: held }) => ({ ...worded(question), leads: Uint32Array.from(held) })),
  };
}

const evenness = ({ length }: readonly number[], leads: number) => Math.min(length, leads - length);

interface Question {
  readonly type: ActivityType;
  readonly what: 'any' | 'name' | 'path' | 'part';
  /** The name as it was first written, or the path; empty for any. */
  readonly subject: string;
}

const LONGEST_NAME = 80;

function questionsAbout({ type, name, url }: Activity): Question[] {
  const any: Question = { type, what: 'any', subject: '' };
  if (ON_PAGES.has(type)) return [any, ...(url === undefined ? [] : questionsOnPage(type, pathOf(url)))];
  const subject = normaliseText(name);
  return subject === undefined || subject.length > LONGEST_NAME ? [any] : [any, { type, what: 'name', subject }];
}

/** `/blog/a-post` is that page, and a page of `/blog`. */
function questionsOnPage(type: ActivityType, path: string): Question[] {
  if (path.length > LONGEST_NAME || path.includes('*') || urlPatternProblem(path) !== undefined) return [];
  const whole: Question = { type, what: 'path', subject: path };
  const end = path.indexOf('/', 1);
  return path === '/' ? [whole] : [whole, { type, what: 'part', subject: end < 0 ? path : path.slice(0, end) }];
}

function worded({ type, what, subject }: Question): Omit<Doing, 'leads'> {
  const source = inWords(type);
  if (what === 'any') return { source, name: `${source}, any`, when: { activity: type } };
  if (what === 'path') return { source, name: `${source}: ${subject}`, when: { activity: type, url: subject } };
  if (what === 'part') {
    return {
      source,
      name: `${source}: ${subject} and below`,
      when: { activity: type, url: [subject, `${subject}/*`] },
    };
  }
  const key = type === 'form-submission' ? 'form' : 'name';
  return { source, name: `${source}: ${subject}`, when: { activity: type, [key]: subject } };
}
