import type { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { loadSettings } from '../settings/settings.ts';
import { instant } from './arguments.ts';
import { doneBy, findLead, isRecordId } from './find-lead.ts';
import type { Io } from './io.ts';
import { readLeadFile } from './lead-file.ts';
import { ledgerNote } from './ledger-note.ts';
import { printJson } from './print.ts';
import { scoreJson } from './score-json.ts';
import { scoreText } from './score-text.ts';
import { withApp } from './with-app.ts';

interface ScoreOptions {
  readonly at?: number;
  readonly json?: true;
}

export function addScore(program: Command, io: Io): void {
  program
    .command('score')
    .description('Score a lead from a file, with no CRM at all, or a contact of the portal. Writes nothing.')
    .argument('<file|id>', 'a JSON file, or the id of a contact')
    .option('--at <time>', 'as of this day or time (UTC): what was done later does not count', instant)
    .option('--json', 'print the score as JSON')
    .addHelpText(
      'after',
      `
A file holds a lead, or a list of leads in [ ]. The fields are those of
config/hubspot.yaml, a form is named by its key there:

  {
    "fields": { "email": "ada@example.com", "job_title": "VP" },
    "activities": [
      { "type": "page-view", "at": "2026-03-30T09:12:00Z", "url": "/pricing" },
      { "type": "form-submission", "at": "2026-03-31", "form": "webinar" }
    ]
  }

Examples:
  leadgauge score lead.json
  leadgauge score lead.json --at 2026-06-30    how much will have faded by then?
  leadgauge score 1234                         a contact, by its id in HubSpot`,
    )
    .action((what: string, options: ScoreOptions) =>
      isRecordId(what) ? scoreContact(what, options, io) : scoreFile(what, options, io),
    );
}

function scoreFile(file: string, { at, json }: ScoreOptions, io: Io): void {
  const { model, hubspot } = loadSettings({ env: io.env });
  const { fields, forms } = hubspot.value;
  const { leads, isList } = readLeadFile(file, { fields: Object.keys(fields), forms: Object.keys(forms) });
  const now = at ?? systemClock.now();
  const scored = leads.map(({ lead, activities }) => scoreOne(model, lead, doneBy(activities, at), now));
  if (json === true) {
    const all = scored.map((one) => one.json);
    printJson(io, isList ? all : all[0]);
    return;
  }
  for (const [index, { id, lines }] of scored.entries()) {
    if (isList) io.out(`${index > 0 ? '\n' : ''}lead ${id}`);
    for (const line of lines) io.out(line);
  }
  if (leads.length === 0) io.err('the file holds no lead');
}

async function scoreContact(id: string, { at, json }: ScoreOptions, io: Io): Promise<void> {
  await withApp(io, async (app) => {
    const { model, space, clock } = app.connection;
    const { record, activities } = await findLead(app, id, io.signal);
    const scored = scoreOne(model, record.lead, doneBy(activities, at), at ?? clock.now());
    if (json === true) printJson(io, scored.json);
    else for (const line of scored.lines) io.out(line);
    const note = await ledgerNote(space);
    if (note !== undefined) io.err(note);
  });
}

function scoreOne(model: CompiledModel, lead: Lead, activities: readonly Activity[], at: number) {
  const score = scoreLead(model, lead, activities, at);
  return { id: lead.id, lines: scoreText(model, score), json: scoreJson(model, lead.id, score, at) };
}
