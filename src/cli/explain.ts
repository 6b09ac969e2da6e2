import type { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import { loadSettings } from '../settings/settings.ts';
import { explainContact } from './explain-contact.ts';
import { explainFileLead } from './explain-file.ts';
import type { Told } from './explanation.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationText } from './explanation-text.ts';
import { findLeads } from './find-lead.ts';
import type { Io } from './io.ts';
import { ledgerNote } from './ledger-note.ts';
import { printJson } from './print.ts';
import { askedModels } from './score-models.ts';
import { addLeadOptions, contactAsked, type LeadOptions, readAskedFile, tellRefused } from './score-options.ts';
import { tellWarnings } from './tell-warnings.ts';
import { withApp } from './with-app.ts';

export function addExplain(program: Command, io: Io): void {
  addLeadOptions(program.command('explain'))
    .description('Tell why a lead scores as it does, what is missing, and what comes next. Writes nothing.')
    .addHelpText(
      'after',
      `
A contact is read afresh from the portal, what it did from the Redis ledger,
which "leadgauge backfill" fills and "leadgauge start" keeps up to date. For the
lead of a file see "leadgauge score --help".

Of several models every one that is about the lead is told, the main one first.

Examples:
  leadgauge explain ada@example.com
  leadgauge explain 1234 --at 2026-10-01   if nothing happens until then
  leadgauge explain 1234 --model services
  leadgauge explain --lead lead.json
  leadgauge explain 1234 --json | jq .obstacles

With --json: what "leadgauge score --json" prints, and besides
  obstacles    what keeps it from being an MQL, each with its remedy: "found"
               with choices of steps, each choice enough; "more": it takes
               more than three; "nothing"; or "unknown": not all can be tried
  inactivity   since or from when it counts as inactive
  next         when it next changes by itself, and to what
  fastTracks, heldRules   with their state: done, waiting or old
  notTaken     fast tracks that do not count, since the lead is ruled out
  challengers  what each says, whether the lead is in its holdout, what is kept
  crm          what the CRM holds, and which outputs differ
  note         what is not known yet`,
    )
    .action((who: string | undefined, options: LeadOptions) => {
      const contact = contactAsked(who, options);
      return contact === undefined ? explainFile(options, io) : explainOne(contact, options, io);
    });
}

function explainFile({ lead: file = '', activities, model, at, json }: LeadOptions, io: Io): void {
  const settings = loadSettings({ env: io.env });
  const asked = askedModels(settings, model);
  tellWarnings({ ...settings, warnings: asked.warnings }, io);
  const now = systemClock.now();
  const read = readAskedFile(file, settings, asked, { activities, now: at ?? now });
  const told = read.leads.map((one) => explainFileLead(settings, one, asked, { at, now }));
  print(told, { isList: read.isList || asked.areSeveral, json, note: undefined }, io);
  tellRefused(read, io);
}

async function explainOne(who: string, { at, json, model }: LeadOptions, io: Io): Promise<void> {
  await withApp(io, async (app) => {
    const asked = askedModels(app.settings, model);
    const found = await findLeads(app, who, io.signal);
    const told: Told[] = [];
    for (const one of found) told.push(await explainContact(app.settings, one, asked, at));
    const notes = await Promise.all(found.map(({ connection }) => ledgerNote(connection.space)));
    const note = notes.find((one) => one !== undefined);
    print(told, { isList: asked.areSeveral || told.length > 1, json, note }, io);
    // In words it is told first of all.
    if (json === true && note !== undefined) io.err(note);
  });
}

interface Printing {
  /** Whether more than one may come. */
  readonly isList: boolean;
  readonly json: true | undefined;
  readonly note: string | undefined;
}

function print(all: readonly Told[], { isList, json, note }: Printing, io: Io): void {
  if (json === true) {
    const each = all.flatMap((told) => explanationJson(told, note));
    printJson(io, isList ? each : each[0]);
    return;
  }
  for (const [index, told] of all.entries()) {
    if (index > 0) io.out(`\n${'='.repeat(80)}`);
    for (const line of explanationText(told, io)) io.out(line);
  }
}
