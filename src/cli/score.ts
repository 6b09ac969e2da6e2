import type { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { appliesTo } from '../scoring/model-set.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { loadSettings } from '../settings/settings.ts';
import { doneBy, findLeads } from './find-lead.ts';
import type { Io } from './io.ts';
import { ledgerNote } from './ledger-note.ts';
import { printJson } from './print.ts';
import { accountScores, accountText } from './score-accounts.ts';
import { notAboutJson, scoreJson } from './score-json.ts';
import { type AskedModels, askedModels } from './score-models.ts';
import {
  addLeadOptions,
  contactAsked,
  FILE_HELP,
  type LeadOptions,
  readAskedFile,
  tellRefused,
} from './score-options.ts';
import { scoreText } from './score-text.ts';
import { tellWarnings } from './tell-warnings.ts';
import { withApp } from './with-app.ts';

export function addScore(program: Command, io: Io): void {
  addLeadOptions(program.command('score'))
    .description('Score a lead from a file, with no CRM at all, or a contact of the portal. Writes nothing.')
    .addHelpText(
      'after',
      `${FILE_HELP}

Examples:
  leadgauge score --lead lead.json
  leadgauge score --lead lead.json --at 2026-06-30   how much has faded by then?
  leadgauge score --lead leads.csv --activities activities.csv
  leadgauge score --lead lead.json --model draft.yaml
  leadgauge score 1234                               a contact, by its id

With --json: for each lead and model id, at, model, modelVersion, applies (false
where the model is not about the lead, and then nothing more), score, fit,
engagement, grade, mql, gates, lead, leadGates, missingRequired, persona,
disqualifications, override, flags, reasons, fastTracks, heldRules, nurture,
cold, leftOut, nextChange. One object for one lead and one model, else a list;
after the leads of a list come their accounts: account, model, score, leads.`,
    )
    .action((who: string | undefined, options: LeadOptions) => {
      const contact = contactAsked(who, options);
      return contact === undefined ? scoreFile(options, io) : scoreContact(contact, options, io);
    });
}

function scoreFile({ lead: file = '', activities, model, at, json }: LeadOptions, io: Io): void {
  const settings = loadSettings({ env: io.env });
  const asked = askedModels(settings, model);
  tellWarnings({ ...settings, warnings: asked.warnings }, io);
  const now = systemClock.now();
  const read = readAskedFile(file, settings, asked, { activities, now: at ?? now });
  const scored = read.leads.map((one) => scoreAll(asked, one.lead, doneBy(one.activities, at), at ?? now));
  const accounts = read.isList ? accountScores(asked.models, scored) : [];
  if (json === true) {
    const all = [...scored.flatMap((one) => one.json), ...accounts.map(({ rule, ...account }) => account)];
    printScores(all, read.isList || asked.areSeveral, io);
  } else {
    for (const [index, { lead, lines }] of scored.entries()) {
      if (read.isList) io.out(`${index > 0 ? '\n' : ''}lead ${lead.id}`);
      for (const line of lines) io.out(line);
    }
    for (const [index, account] of accounts.entries()) {
      io.out(`${index > 0 ? '' : '\n'}${accountText(account, asked.areSeveral)}`);
    }
  }
  tellRefused(read, io);
}

async function scoreContact(who: string, { at, json, model }: LeadOptions, io: Io): Promise<void> {
  await withApp(io, async (app) => {
    const asked = askedModels(app.settings, model);
    const found = await findLeads(app, who, io.signal);
    const scored = found.map(({ connection, record, activities }) =>
      scoreAll(asked, record.lead, doneBy(activities, at), at ?? connection.clock.now()),
    );
    const areSeveral = asked.areSeveral || found.length > 1;
    if (json === true)
      printScores(
        scored.flatMap((one) => one.json),
        areSeveral,
        io,
      );
    for (const [index, { lines }] of json === true ? [] : scored.entries()) {
      const { connection, record } = found[index] ?? {};
      if (found.length > 1) io.out(`${index > 0 ? '\n' : ''}${connection?.crm.name} ${record?.lead.id}`);
      for (const line of lines) io.out(line);
    }
    const notes = await Promise.all(found.map(({ connection }) => ledgerNote(connection.space)));
    const note = notes.find((one) => one !== undefined);
    if (note !== undefined) io.err(note);
  });
}

function printScores(scores: readonly object[], isList: boolean, io: Io): void {
  printJson(io, isList ? scores : scores[0]);
}

/** What each model says of one lead. */
function scoreAll({ models, areSeveral }: AskedModels, lead: Lead, activities: readonly Activity[], at: number) {
  const verdicts = models
    .filter((model) => appliesTo(model, lead))
    .map((model) => ({ model, score: scoreLead(model, lead, activities, at) }));
  const scoreBy = new Map(verdicts.map(({ model, score }) => [model, score]));
  const each = models.map((model): { lines: string[]; json: object } => {
    const score = scoreBy.get(model);
    if (score === undefined) {
      return { lines: [`the model ${model.id} is not about this lead`], json: notAboutJson(model, lead.id, at) };
    }
    const lines = [...(areSeveral ? [`model ${model.id}`] : []), ...scoreText(model, score)];
    return { lines, json: scoreJson(model, lead.id, score, at) };
  });
  return { lead, verdicts, lines: each.flatMap(({ lines }) => lines), json: each.map(({ json }) => json) };
}
