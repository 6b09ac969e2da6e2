import type { ConfigProblem } from '../base/errors.ts';
import { normaliseEmail } from '../leads/email.ts';
import { checkSchema } from '../settings/schema-problems.ts';
import {
  activitySchema,
  type GivenActivity,
  type GivenLead,
  type GivenLeads,
  type KnownWords,
} from './lead-file-schema.ts';
import { readTable, type TableRow } from './lead-file-table.ts';

/** Which lead did it, by its id or its address. */
const WHO = ['lead', 'email'];
const WHAT = ['type', 'at', 'form', 'name', 'url', 'minutes', 'count', 'delivered_at', 'bot', 'user_agent', 'id'];

/** Adds what the rows of a CSV file say that the leads did. @throws ConfigError where its header cannot be used. */
export function addActivities(given: GivenLeads, file: string, words: KnownWords): GivenLeads {
  const table = readTable(file, [...WHO, ...WHAT]);
  const refused: ConfigProblem[] = [...given.refused, ...table.refused];
  const schema = activitySchema(words);
  const leadOf = finder(given.leads);
  const added = new Map<GivenLead, GivenActivity[]>();
  for (const row of table.rows) {
    const lead = leadOf(row);
    const checked = checkSchema(schema, valuesOf(row));
    const problems = 'problems' in checked ? checked.problems : [];
    refused.push(
      ...(typeof lead === 'string' ? [{ file, line: row.line, message: lead }] : []),
      ...problems.map(({ path, message }) => ({ file, line: row.line, message: withColumn(path.at(-1), message) })),
    );
    if (typeof lead === 'string' || !('value' in checked)) continue;
    const own = added.get(lead) ?? [];
    own.push(checked.value);
    added.set(lead, own);
  }
  const leads = given.leads.map((lead) => ({ ...lead, activities: [...lead.activities, ...(added.get(lead) ?? [])] }));
  return { ...given, leads, refused };
}

const withColumn = (column: PropertyKey | undefined, message: string) =>
  column === undefined ? message : `${String(column)}: ${message}`;

/** Finds the lead of a row, or says why there is none. */
function finder(leads: readonly GivenLead[]): (row: TableRow) => GivenLead | string {
  const byId = new Map(leads.map((lead) => [lead.id, lead]));
  const byEmail = new Map(leads.flatMap((lead) => lead.emails.map((email) => [email, lead] as const)));
  return ({ cells }) => {
    if (cells.lead !== undefined) return byId.get(cells.lead) ?? 'no lead has the id of this row';
    if (cells.email === undefined)
      return 'the row names no lead: give its id under "lead", or its address under "email"';
    return byEmail.get(normaliseEmail(cells.email) ?? '') ?? 'no lead has the e-mail address of this row';
  };
}

/** Cells are text: what must be a number or yes or no is read as that, or left for the schema to refuse. */
function valuesOf({ cells: { lead, email, ...cells } }: TableRow): Record<string, unknown> {
  const values = Object.entries(cells).map(([name, cell]) => [
    name,
    name === 'minutes' || name === 'count' ? numberOf(cell) : name === 'bot' ? truthOf(cell) : cell,
  ]);
  return Object.fromEntries(values);
}

const numberOf = (cell: string) => (/^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell);

function truthOf(cell: string): boolean | string {
  const word = cell.toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0'].includes(word) ? false : cell;
}
