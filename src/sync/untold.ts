import { LeadgaugeError } from '../base/errors.ts';
import type { Owner } from '../crm/crm.ts';
import { normaliseEmail } from '../leads/email.ts';
import type { Connection, Neighbour } from './connection.ts';
import { ownerDirectory } from './owner-directory.ts';
import { isTold } from './sales-needs.ts';
import { managerOf } from './sales-people.ts';
import { isOfSales } from './told-here.ts';

/** Of what config has somebody told, and nobody would be: each with what to do. `inTurn` as of `salesFindings`. */
export async function untold(connection: Connection, inTurn: readonly string[]): Promise<string[]> {
  const { crm, beside = [] } = connection;
  // Where sales work in another CRM, all else is said of that one.
  if (crm.makesTasks === false && beside.some(isOfSales))
    return beside.filter(isOfSales).flatMap(firesHereAlone(connection));
  return [
    ...remindsNobody(connection),
    ...mailsNobody(connection, inTurn),
    ...(await escalatesToNobody(connection, inTurn)),
  ];
}

/** Of whom both have, sales hear there alone: what needs a field that only this CRM has never comes about there. */
function firesHereAlone({ models }: Connection): (of: Neighbour) => string[] {
  return ({ name, fields }) =>
    models.models.flatMap(({ id, sales, fields: asked }) => {
      const bringing = asked.filter(({ path: [part = ''] }) =>
        sales.mql ? part !== 'applies_to' && part !== 'routes' : part === 'fast_track' || part === 'personas',
      );
      const missing = [...new Set(bringing.map((mention) => mention.name))].filter(
        (field) => fields?.has(field) === false,
      );
      if (missing.length === 0) return [];
      return [
        `the model ${id} may bring a lead to sales here and not in ${name}, as ${name}.yaml does not map ${missing.join(', ')}: of somebody whom both have, nobody is told then. Map the same there, or write "create: on" under "tasks" here`,
      ];
    });
}

function remindsNobody({ crm, sales }: Connection): string[] {
  if (sales.followUp === undefined || isTold(sales) || crm.makesTasks !== false) return [];
  return [
    'nobody is told of a late follow-up: every way under "notify" in sales.yaml is off, and so are tasks: switch one on, or write "follow_up: off"',
  ];
}

/** What has no owner, or concerns all of sales, goes to the team. */
function mailsNobody({ sales }: Connection, inTurn: readonly string[]): string[] {
  const { notify, owner, ceiling } = sales;
  if (notify.email === undefined || notify.team.length > 0) return [];
  const findsOwner = owner.includes('round_robin') && inTurn.length > 0;
  const what = [
    ...(findsOwner ? [] : ['a lead that has no owner']),
    ...(ceiling === undefined ? [] : ['a rule that was stopped']),
  ];
  if (what.length === 0) return [];
  return [`nobody is told by e-mail of ${what.join(', or of ')}: name a "team" under "notify" in sales.yaml`];
}

async function escalatesToNobody(connection: Connection, inTurn: readonly string[]): Promise<string[]> {
  const { sales } = connection;
  const { escalateAfter, escalateTo } = sales.followUp ?? {};
  if (escalateAfter === undefined || escalateTo !== 'manager') return [];
  const whose = await withoutManager(connection, inTurn);
  if (whose === undefined) return [];
  const then = isTold(sales)
    ? 'the team is told in their place'
    : 'nobody is told in their place, as every way under "notify" is off';
  return [
    `leads are escalated to the manager of their owner, but ${whose}: ${then}. Write "manager" under "people" in sales.yaml, or another "escalate_to"`,
  ];
}

/**
 * Whose manager neither config nor the CRM knows, in words: of those who are named to get leads, else of all users where none has one.
 * Undefined where all is well, and where the CRM cannot be asked, of which others tell.
 */
async function withoutManager(connection: Connection, inTurn: readonly string[]): Promise<string | undefined> {
  const { sales } = connection;
  const directory = ownerDirectory(connection);
  const lacks = async (owner: Owner) => (await managerOf(sales, directory, owner)) === undefined;
  try {
    const users = (await directory.all()).filter(({ isActive }) => isActive);
    const named = namedOf(users, [...inTurn, ...sales.territories.flatMap(({ owners }) => owners)]);
    const asked = named.length > 0 ? named : users;
    const lacking = (await Promise.all(asked.map(lacks))).filter(Boolean).length;
    if (lacking === 0 || (named.length === 0 && lacking < asked.length)) return undefined;
    if (lacking === asked.length) return "nobody's manager is known";
    return `the manager of ${lacking} of the ${asked.length} who get leads is not known`;
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    return undefined;
  }
}

function namedOf(users: readonly Owner[], names: readonly string[]): Owner[] {
  const wanted = new Set(names.flatMap((name) => [name, normaliseEmail(name) ?? name]));
  return users.filter(({ id, email }) => wanted.has(id) || (email !== undefined && wanted.has(email)));
}
