import { existsSync } from 'node:fs';
import { ConfigError, type ConfigProblem } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { addActivities } from './lead-file-activities.ts';
import { readCsvLeads } from './lead-file-csv.ts';
import { readJsonLeads } from './lead-file-json.ts';
import type { GivenActivity, GivenLead, KnownWords } from './lead-file-schema.ts';

/** A lead that is in no CRM, and what it did. */
export interface FileLead {
  readonly lead: Lead;
  readonly activities: readonly Activity[];
}

export interface LeadFile {
  readonly leads: readonly FileLead[];
  /** Whether the file holds a list, be it of one. */
  readonly isList: boolean;
  /** The leads and rows that cannot be used, each with what is wrong with it; all others are there. */
  readonly refused: readonly ConfigProblem[];
}

export interface LeadFileOptions {
  /** A CSV file of what the leads did. */
  readonly activities: string | undefined;
  /** What the files may name. */
  readonly words: KnownWords;
  /** The ids of the models, for what a person decided. */
  readonly models: readonly string[];
  /** Milliseconds since 1970: when a lead without activities is taken to be created, where the file does not say. */
  readonly now: number;
}

/**
 * Reads leads from a file: JSON, of which YAML is a superset that knows the places, or CSV where its name ends so.
 * @throws ConfigError where the file as a whole cannot be used.
 */
export function readLeadFile(file: string, options: LeadFileOptions): LeadFile {
  try {
    const read = readBoth(file, options);
    return { ...read, refused: read.refused.map(redacted) };
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(error.problems.map(redacted)) : error;
  }
}

/** These files are full of people: a cell that slipped into another column, or a key that is an address, is not repeated. */
const redacted = (problem: ConfigProblem): ConfigProblem => ({ ...problem, message: redactText(problem.message) });

function readBoth(file: string, { activities, words, models, now }: LeadFileOptions): LeadFile {
  for (const path of [file, ...(activities === undefined ? [] : [activities])]) {
    if (!existsSync(path)) throw new ConfigError([{ file: redactText(path), message: 'there is no such file' }]);
  }
  const given = isCsv(file) ? readCsvLeads(file, words) : readJsonLeads(file, words);
  const more = activities === undefined ? given : addActivities(given, activities, words);
  return { ...more, leads: more.leads.map((lead) => toFileLead(lead, models, now)) };
}

export const isCsv = (file: string) => /\.csv$/i.test(file);

function toFileLead(given: GivenLead, models: readonly string[], now: number): FileLead {
  const activities = given.activities.map(toActivity);
  const { id, emails, fields, account, override, createdAt } = given;
  const first = activities.reduce((earliest, { at }) => Math.min(earliest, at), now);
  const lead: Lead = {
    id,
    formerIds: [],
    emails,
    fields,
    // It was there when it did something.
    createdAt: createdAt ?? first,
    ...(account === undefined ? {} : { accountId: account }),
    ...(override === undefined ? {} : { overrides: Object.fromEntries(models.map((model) => [model, override])) }),
  };
  return { lead, activities };
}

/** Without an id of its own every line is a thing done, also where two are alike. */
function toActivity({ id, ...rest }: GivenActivity, index: number): Activity {
  return { id: id ?? `line ${index}`, ...rest };
}
