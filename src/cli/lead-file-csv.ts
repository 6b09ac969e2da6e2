import type { ConfigProblem } from '../base/errors.ts';
import { checkSchema } from '../settings/schema-problems.ts';
import { fieldNames, type GivenLead, type GivenLeads, type KnownWords, leadSchema } from './lead-file-schema.ts';
import { readTable } from './lead-file-table.ts';

/** Columns of a lead besides its fields. */
const ABOUT_LEAD = ['id', 'created_at', 'account', 'override'];

/**
 * Reads a table of leads, one a row: its columns are fields of config, and `id`, `created_at`, `account` and `override`.
 * A field of config that is called so comes first.
 * @throws ConfigError where the header cannot be used.
 */
export function readCsvLeads(file: string, words: KnownWords): GivenLeads {
  const fields = new Set(fieldNames(words));
  const schema = leadSchema(words);
  const table = readTable(file, [...fields, ...ABOUT_LEAD.filter((name) => !fields.has(name))]);
  const refused: ConfigProblem[] = [...table.refused];
  const leads = new Map<string, GivenLead>();
  for (const [index, { line, cells }] of table.rows.entries()) {
    const given = Object.entries(cells);
    const checked = checkSchema(schema, {
      ...Object.fromEntries(given.filter(([name]) => !fields.has(name))),
      fields: Object.fromEntries(given.filter(([name]) => fields.has(name))),
    });
    if ('problems' in checked) {
      refused.push(
        ...checked.problems.map(({ path, message }) => ({ file, line, message: `${String(path.at(-1))}: ${message}` })),
      );
      continue;
    }
    const id = checked.value.id ?? String(index + 1);
    if (leads.has(id)) refused.push({ file, line, message: 'a row above has this id already' });
    else leads.set(id, { ...checked.value, id });
  }
  return { leads: [...leads.values()], isList: true, refused };
}
