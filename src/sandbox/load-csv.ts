import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { normaliseEmail } from '../leads/email.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { countersOf, type History, keepHistory } from './portal/history.ts';
import type { Portal } from './portal/portal.ts';
import type { Property } from './portal/property.ts';
import { readInstant, readValue } from './portal/property-value.ts';
import type { Value } from './portal/record.ts';

export interface CsvFiles {
  /** Path; the header has HubSpot property names, and `bought` (true or false) if that is known. */
  readonly leads: string;
  /** Path; the header is `email,type,at,url,form`. */
  readonly activities?: string;
}

interface NewLead {
  readonly values: Readonly<Record<string, Value | undefined>>;
  readonly bought: boolean;
  readonly history: { readonly views: { at: number; url: string }[]; readonly sent: History['sent'][number][] };
}

/** As many as a person would want to read at once. */
const MOST_PROBLEMS = 20;

/**
 * Adds leads, and what they did, from files. All of it or nothing.
 * @throws ConfigError naming file and line of every bad row, up to twenty
 */
export async function loadCsv(portal: Portal, files: CsvFiles): Promise<{ leads: number; activities: number }> {
  const problems: ConfigProblem[] = [];
  const leads = await readLeads(portal, files.leads, problems);
  const activities =
    files.activities === undefined ? 0 : await readActivities(portal, files.activities, leads, problems);
  if (problems.length > 0) throw new ConfigError(problems.slice(0, MOST_PROBLEMS));
  for (const lead of leads) add(portal, lead);
  return { leads: leads.length, activities };
}

function add(portal: Portal, { values, bought, history }: NewLead): void {
  const now = portal.now();
  history.views.sort((a, b) => a.at - b.at);
  history.sent.sort((a, b) => a.at - b.at);
  const times = [...history.views, ...history.sent].map(({ at }) => at);
  const { createdate, lastmodifieddate, ...rest } = values;
  const first = times.reduce((least, at) => Math.min(least, at), now);
  const created = typeof createdate === 'number' ? createdate : first;
  const last = times.reduce((most, at) => Math.max(most, at), created);
  const modified = typeof lastmodifieddate === 'number' ? lastmodifieddate : last;
  // The file may hold counters of its own, but the events are what counts.
  const contact = portal.seed({ ...rest, ...countersOf(history) }, { created, modified }, bought);
  portal.index.added(contact, now);
  keepHistory(portal, contact, history);
}

async function readLeads(portal: Portal, file: string, problems: ConfigProblem[]): Promise<NewLead[]> {
  const leads: NewLead[] = [];
  const emails = new Set<string>();
  let columns: Map<string, Property> | undefined;
  for await (const { line, cells } of csvRows(file, problems)) {
    columns ??= readHeader(portal, file, Object.keys(cells), problems);
    const values: Record<string, Value | undefined> = {};
    for (const [name, property] of columns) {
      const text = cells[name] ?? '';
      const read = readValue(property, text);
      if ('invalid' in read) problems.push({ file, line, message: `${name} must be ${expected(property)}` });
      else values[name] = read.value;
    }
    if (typeof values.email === 'string') {
      const email = normaliseEmail(values.email);
      if (email === undefined) problems.push({ file, line, message: 'email is no e-mail address' });
      else if (emails.has(email) || portal.contacts.findByEmail(email) !== undefined) {
        problems.push({ file, line, message: 'a lead above has this email already: leave one of them out' });
      } else emails.add(email);
      values.email = email;
    }
    const bought = (cells.bought ?? '').toLowerCase();
    if (!['', 'true', 'false'].includes(bought)) problems.push({ file, line, message: 'bought must be true or false' });
    leads.push({ values, bought: bought === 'true', history: { views: [], sent: [] } });
  }
  return leads;
}

function readHeader(
  portal: Portal,
  file: string,
  names: readonly string[],
  problems: ConfigProblem[],
): Map<string, Property> {
  const columns = new Map<string, Property>();
  for (const name of names) {
    if (name === 'bought') continue;
    const property = portal.properties.get(name);
    if (property === undefined)
      problems.push({
        file,
        line: 1,
        message: `${name} is no contact property of the portal: create it, or leave the column out`,
      });
    else if (name === 'hs_object_id')
      problems.push({ file, line: 1, message: 'hs_object_id is given by the portal: leave the column out' });
    else if (name === 'associatedcompanyid')
      problems.push({
        file,
        line: 1,
        message: 'associatedcompanyid is the id of a company, and no file has any: leave the column out',
      });
    else columns.set(name, property);
  }
  return columns;
}

async function readActivities(
  portal: Portal,
  file: string,
  leads: readonly NewLead[],
  problems: ConfigProblem[],
): Promise<number> {
  const byEmail = new Map(
    leads.flatMap((lead) => (lead.values.email === undefined ? [] : [[lead.values.email, lead] as const])),
  );
  let count = 0;
  for await (const { line, cells } of csvRows(file, problems)) {
    const problem = readActivity(portal, byEmail, cells);
    if (problem !== undefined) problems.push({ file, line, message: problem });
    else count++;
  }
  return count;
}

/** Adds one activity to its lead's history, or says what is wrong with it. */
function readActivity(
  portal: Portal,
  byEmail: ReadonlyMap<Value, NewLead>,
  cells: CsvRow['cells'],
): string | undefined {
  const { type, url = '' } = cells;
  const email = normaliseEmail(cells.email);
  const lead = email === undefined ? undefined : byEmail.get(email);
  if (email === undefined || lead === undefined) return 'no lead in the other file has this email';
  const at = readInstant(cells.at ?? '');
  if (at === undefined) return 'at must be a time such as 2026-03-31T09:30:00Z';
  if (url !== '' && !/^(\/|https?:\/\/)/.test(url)) return 'url must be a whole address or a path that begins with /';
  const page = url.startsWith('/') ? portal.settings.website + url : url;
  if (type === 'page-view') {
    if (url === '') return 'a page-view needs a url';
    lead.history.views.push({ at, url: page });
    return undefined;
  }
  if (type !== 'form-submission') return 'type must be page-view or form-submission';
  const form = portal.forms.find(cells.form ?? '');
  if (form === undefined)
    return `form must be one of ${portal.forms
      .all()
      .map(({ name }) => `"${name}"`)
      .join(', ')}`;
  const pageUrl = url === '' ? portal.settings.website + form.path : page;
  lead.history.sent.push({ at, form, pageUrl, values: [['email', email]] });
  return undefined;
}

function expected({ type, options }: Property): string {
  switch (type) {
    case 'enumeration':
      return `one of ${options.map(({ value }) => value).join(', ')}`;
    case 'bool':
      return 'true or false';
    case 'datetime':
      return 'a time such as 2026-03-31T09:30:00Z';
    case 'date':
      return 'a day such as 2026-03-31';
    case 'number':
      return 'a number';
    case 'string':
      return 'shorter than 65,536 characters';
  }
}
