import type { Command } from 'commander';
import { ConfigError, formatProblem, RecordError } from '../base/errors.ts';
import type { Settings } from '../settings/settings.ts';
import { knownWords } from '../settings/words.ts';
import { instant } from './arguments.ts';
import type { Io } from './io.ts';
import { type LeadFile, readLeadFile } from './lead-file.ts';
import { counted } from './print.ts';
import type { AskedModels } from './score-models.ts';

/** What `score` and `explain` are asked, besides who. */
export interface LeadOptions {
  readonly lead?: string;
  readonly activities?: string;
  readonly model?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly json?: true;
}

export function addLeadOptions(command: Command): Command {
  return command
    .argument('[email|id]', 'a contact of the portal, by its e-mail address or its id')
    .option('--lead <file>', 'instead of a contact, the lead or the leads of a JSON or CSV file')
    .option('--activities <file>', 'with --lead: what they did, from a CSV file')
    .option('--model <id|file>', 'by this model alone: one of config/models/, or a YAML file')
    .option('--at <time>', 'as of this day or time (UTC): what was done later does not count', instant)
    .option('--json', 'print it as JSON');
}

export const FILE_HELP = `
A JSON file holds a lead, or a list of leads in [ ]. The fields are those of
config/hubspot.yaml, a form is named by its key there:

  {
    "fields": { "email": "ada@example.com", "job_title": "VP" },
    "activities": [
      { "type": "page-view", "at": "2026-03-30T09:12:00Z", "url": "/pricing" },
      { "type": "form-submission", "at": "2026-03-31", "form": "webinar" }
    ]
  }

Beside its fields a lead may have id, created_at, account and override
(qualified or disqualified); an activity name, minutes, count, delivered_at,
bot (true) and user_agent.

A CSV file has a row for each lead and the same names as columns, such as
id,email,job_title,employees. What they did is in a file of its own, a row each:
lead (or email),type,at,form,url and so on.

A lead or a row that cannot be read is named; all others are told of.`;

/** Who is meant: a contact, or the leads of a file, where undefined. @throws ConfigError where neither is named, or both. */
export function contactAsked(who: string | undefined, { lead, activities }: LeadOptions): string | undefined {
  if (who === undefined) {
    if (lead === undefined) throw new ConfigError('name a contact by its e-mail address or id, or a file with --lead');
    return undefined;
  }
  if (/[/\\]|\.(json|csv|ya?ml)$/i.test(who) && !who.includes('@')) {
    throw new ConfigError(`a file of leads is named with --lead: --lead ${who}`);
  }
  if (lead !== undefined) throw new ConfigError('name a contact, or a file with --lead, and not both');
  if (activities !== undefined) throw new ConfigError('--activities goes with --lead');
  return who;
}

/** @throws ConfigError where the file as a whole cannot be used. */
export function readAskedFile(
  file: string,
  settings: Settings,
  { models }: AskedModels,
  { activities, now }: { readonly activities: string | undefined; readonly now: number },
): LeadFile {
  const words = {
    fields: [...knownWords(settings.words, 'field')],
    forms: [...knownWords(settings.words, 'form')],
  };
  return readLeadFile(file, { activities, words, models: models.map(({ id }) => id), now });
}

const MOST_REFUSED = 20;

/** Names what of a file could not be used. @throws RecordError where that is anything. */
export function tellRefused({ leads, refused }: LeadFile, io: Io): void {
  if (refused.length === 0) {
    if (leads.length === 0) io.err('the file holds no lead');
    return;
  }
  for (const problem of refused.slice(0, MOST_REFUSED)) io.err(formatProblem(problem));
  const more = refused.length - MOST_REFUSED;
  if (more > 0) io.err(`and ${counted(more, 'problem')} more`);
  throw new RecordError(`${counted(leads.length, 'lead')} could be read; what is named above could not`);
}
