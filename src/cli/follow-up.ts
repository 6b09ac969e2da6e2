import type { Command } from 'commander';
import { ConfigError, LeadgaugeError } from '../base/errors.ts';
import { nearestWord } from '../base/nearest-word.ts';
import type { Owner } from '../crm/crm.ts';
import { normaliseEmail } from '../leads/email.ts';
import { listFollowUps } from '../ledger/follow-ups.ts';
import { hoursOf } from '../sync/choose-owner.ts';
import type { Connection } from '../sync/connection.ts';
import { openFollowUps, ownerFigures } from '../sync/follow-up-figures.ts';
import { ownerDirectory } from '../sync/owner-directory.ts';
import { scoredConnections } from './connections.ts';
import { followUpJson } from './follow-up-json.ts';
import { type FollowUpReport, followUpLines } from './follow-up-text.ts';
import type { Io } from './io.ts';
import { ledgerNote } from './ledger-note.ts';
import type { App } from './open-app.ts';
import { printJson } from './print.ts';
import { withApp } from './with-app.ts';

interface Asked {
  readonly owner?: string;
  readonly overdue?: true;
  readonly json?: true;
}

export function addFollowUp(program: Command, io: Io): void {
  program
    .command('follow-up')
    .description('Show the leads that sales still have to follow up, who is late, and how fast each owner is.')
    .option('--owner <owner>', 'those of this owner alone: an e-mail address, what is before its @, or an id')
    .option('--overdue', 'only the leads that are overdue')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
A lead is followed up from when it is routed to sales until sales reach it, or
it is closed. All times are working time of the owner, by config/sales.yaml.
The figures of each owner are of the leads routed within the last 30 days.

It shows what was known when each lead was scored last, and asks the CRM but
for the names of the owners.

Examples:
  leadgauge follow-up
  leadgauge follow-up --overdue
  leadgauge follow-up --owner ann@example.com
  leadgauge follow-up --json | jq '.owners[] | {owner, overdue}'`,
    )
    .action((asked: Asked) => withApp(io, (app) => followUp(app, io, asked)));
}

async function followUp(app: App, io: Io, { owner, overdue, json }: Asked): Promise<void> {
  const connections = scoredConnections(app, undefined);
  const people = await Promise.all(connections.map((connection) => ownersOf(connection, io)));
  if (owner !== undefined) requireOwner(owner, people.flat());
  const areSeveral = connections.length > 1;
  const reports = await Promise.all(
    connections.map((connection, index) => reportOf(app, connection, people[index] ?? [], { owner, overdue })),
  );
  if (json === true) {
    printJson(io, followUpJson(reports, areSeveral));
    return;
  }
  const showsModels = app.settings.models.models.length > 1;
  for (const line of followUpLines(reports, { showsModels, overdue: overdue === true }, io)) io.out(line);
  const notes = await Promise.all(connections.map(({ space }) => ledgerNote(space)));
  const note = notes.find((one) => one !== undefined);
  if (note !== undefined) io.err(note);
}

/** Nobody, where the CRM cannot be asked: then ids stand for their names. */
async function ownersOf(connection: Connection, io: Io): Promise<readonly Owner[]> {
  try {
    return await ownerDirectory(connection).all();
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    io.err(`note: owners are shown by their ids, as ${connection.crm.name} could not be asked: ${error.message}`);
    return [];
  }
}

interface Only {
  readonly owner: string | undefined;
  readonly overdue: true | undefined;
}

async function reportOf(
  { settings }: App,
  { crm, space, clock }: Connection,
  owners: readonly Owner[],
  { owner, overdue }: Only,
): Promise<FollowUpReport> {
  const now = clock.now();
  const byId = new Map(owners.map((each) => [each.id, each]));
  const hours = new Map(owners.map((each) => [each.id, hoursOf(settings.sales, each)]));
  const everybodys = hoursOf(settings.sales, undefined);
  const hoursById = (id: string | undefined) => (id !== undefined && hours.has(id) ? hours.get(id) : everybodys);
  const ids =
    owner === undefined ? undefined : new Set(owners.filter((each) => isNamed(each, owner)).map(({ id }) => id));
  const isAsked = (id: string | undefined) => ids === undefined || (id !== undefined && (ids.has(id) || id === owner));
  const all = (await listFollowUps(space, now)).filter(({ ownerId }) => isAsked(ownerId));
  const open = openFollowUps(all, hoursById, now);
  return {
    connection: crm.name,
    open: overdue ? open.filter(({ late }) => late !== undefined) : open,
    figures: ownerFigures(all, hoursById, now),
    nameOf: (id) => (id === undefined ? undefined : (byId.get(id)?.email ?? id)),
  };
}

function isNamed({ id, email }: Owner, name: string): boolean {
  if (id === name) return true;
  return email !== undefined && (email === normaliseEmail(name) || beforeAt(email) === name.trim().toLowerCase());
}

const beforeAt = (email: string) => email.replace(/@.*$/s, '');

/** @throws ConfigError where no user of any CRM has this address or id. An id goes unseen where the CRM could not be asked. */
function requireOwner(name: string, owners: readonly Owner[]): void {
  if (owners.some((owner) => isNamed(owner, name)) || (owners.length === 0 && !name.includes('@'))) return;
  const near = nearestWord(
    beforeAt(name),
    owners.flatMap(({ email }) => (email === undefined ? [] : [beforeAt(email)])),
  );
  // Without its domain it is no address, which no message may hold.
  const hint = near === undefined ? 'see the owners with "leadgauge follow-up"' : `did you mean "${near}"?`;
  throw new ConfigError(`no user of the CRM has this address or id: ${hint}`);
}
