import type { Command } from 'commander';
import { ConfigError } from '../base/errors.ts';
import { accountOfLetter, accountSpace } from '../ledger/accounts.ts';
import { type DeadLetter, listDeadLetters, removeDeadLetters } from '../ledger/dead-letters.ts';
import { markDirty } from '../ledger/dirty.ts';
import type { Connection } from '../sync/connection.ts';
import { retryLeads } from '../sync/retry-leads.ts';
import type { Io } from './io.ts';
import { ledgerNote } from './ledger-note.ts';
import type { App } from './open-app.ts';
import { counted, isoTime, printJson, table, timeText } from './print.ts';
import { withApp } from './with-app.ts';

export function addDeadLetters(program: Command, io: Io): void {
  const group = program
    .command('dead-letters')
    .description('See the leads that could not be processed and why, and try them again.')
    .addHelpText(
      'after',
      `
A lead that HubSpot refuses becomes a dead letter, and holds up no other. So
does a company, as "account-" and its id. Once its cause is mended, try it
again.

Examples:
  leadgauge dead-letters list
  leadgauge dead-letters retry            all of them
  leadgauge dead-letters retry 1234 5678  these alone`,
    );
  group
    .command('list')
    .description('Show every dead letter with its reason, oldest first.')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  leadgauge dead-letters list --json')
    .action(({ json }: { json?: true }) => withApp(io, (app) => list(app, io, json === true)));
  group
    .command('retry')
    .description('Take leads off the list and score them again.')
    .argument('[ids...]', 'ids as "list" shows them; all when left out')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  leadgauge dead-letters retry 1234\n\nThe worker does it ("leadgauge start"), at its next turn.',
    )
    .action((ids: string[], { json }: { json?: true }) => withApp(io, (app) => retry(app, io, ids, json === true)));
}

async function list({ connections }: App, io: Io, json: boolean): Promise<void> {
  const areSeveral = connections.length > 1;
  const byName = await Promise.all(
    connections.map(async ({ crm, space }) =>
      (await listDeadLetters(space)).map((letter) => ({ ...letter, of: crm.name })),
    ),
  );
  const letters = byName.flat();
  if (json) {
    printJson(
      io,
      letters.map(({ id, at, reason, of }) => ({ id, at: isoTime(at), reason, ...(areSeveral && { connection: of }) })),
    );
    return;
  }
  const of = (name: string) => (areSeveral ? [name] : []);
  const rows = letters.map((letter) => [letter.id, ...of(letter.of), timeText(letter.at), letter.reason]);
  if (rows.length > 0) for (const line of table([['ID', ...of('CRM'), 'SINCE', 'REASON'], ...rows])) io.out(line);
  else io.out('no dead letters');
  const notes = await Promise.all(connections.map(({ space }) => ledgerNote(space)));
  const note = letters.length > 0 ? nextStep(letters) : notes.find((one) => one !== undefined);
  if (note !== undefined) io.err(note);
}

function nextStep(letters: readonly DeadLetter[]): string {
  const command = 'run: leadgauge dead-letters retry';
  const webhooks = letters.filter(isWebhook).length;
  if (webhooks === 0) return `to try them again, ${command}`;
  if (webhooks === letters.length) return `none names a lead to try again; to take them off the list, ${command}`;
  return `to try them again, and take those that begin with "webhook-" off the list, ${command}`;
}

interface Retried {
  readonly leads: readonly string[];
  readonly accounts: readonly string[];
  readonly webhooks: readonly string[];
}

async function retry({ connections }: App, io: Io, ids: readonly string[], json: boolean): Promise<void> {
  const listed = await Promise.all(connections.map(({ space }) => listDeadLetters(space)));
  const wanted = new Set(chosen(listed.flat(), ids).map(({ id }) => id));
  const all: Retried[] = [];
  for (const [index, connection] of connections.entries())
    all.push(await retryIn(connection, listed[index]?.filter(({ id }) => wanted.has(id)) ?? []));
  const leads = all.flatMap((one) => one.leads);
  const accounts = all.flatMap((one) => one.accounts);
  const webhooks = all.flatMap((one) => one.webhooks);
  if (json) {
    printJson(io, { retried: [...leads, ...accounts], removed: webhooks });
    return;
  }
  if (wanted.size === 0) io.out('no dead letters');
  if (leads.length > 0) io.out(`${counted(leads.length, 'lead')} will be scored again by the worker`);
  if (accounts.length > 0) io.out(`${counted(accounts.length, 'account')} will be scored again by the worker`);
  if (webhooks.length > 0) {
    io.out(
      `${counted(webhooks.length, 'webhook event')} taken off the list: unreadable, so there is no lead to try again`,
    );
  }
}

async function retryIn(connection: Connection, letters: readonly DeadLetter[]): Promise<Retried> {
  const { space, clock, wake } = connection;
  const webhooks = letters.filter(isWebhook).map(({ id }) => id);
  const accounts = letters.map(({ id }) => id).filter((id) => accountOfLetter(id) !== undefined);
  const others = new Set([...webhooks, ...accounts]);
  const leads = letters.map(({ id }) => id).filter((id) => !others.has(id));
  // Marked before they leave the list, so that a crash in between loses none.
  await retryLeads(connection, leads);
  const accountIds = accounts.flatMap((id) => accountOfLetter(id) ?? []);
  await markDirty(accountSpace(space), accountIds, clock.now());
  await removeDeadLetters(space, [...leads, ...others]);
  if (leads.length > 0) await wake('score');
  if (accounts.length > 0) await wake('accounts');
  return { leads, accounts, webhooks };
}

/** @throws ConfigError for an id that is no dead letter's, before anything is done. */
function chosen(letters: readonly DeadLetter[], ids: readonly string[]): readonly DeadLetter[] {
  if (ids.length === 0) return letters;
  const known = new Map(letters.map((letter) => [letter.id, letter]));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new ConfigError(
      `no dead letter has the id ${unknown.join(' or ')}: see them with "leadgauge dead-letters list"`,
    );
  }
  return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
}

/** An event that could not be read names no lead. */
const isWebhook = ({ id }: DeadLetter) => id.startsWith('webhook-');
