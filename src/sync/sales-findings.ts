import { formatProblem, LeadgaugeError } from '../base/errors.ts';
import { dateAt } from '../base/local-time.ts';
import type { Finding } from '../crm/crm.ts';
import type { Connection } from './connection.ts';
import { ownerDirectory } from './owner-directory.ts';
import { untold } from './untold.ts';

/**
 * What `config/sales.yaml` says that does not fit the users of the CRM, or the time, and of what nobody would be told. Nothing where the CRM is
 * only read. Places of the file are told, never addresses. Does not throw where the CRM cannot be asked: that is a finding.
 * @param inTurn who gets leads in turn, by address or id, as the CRM's file says
 */
export async function salesFindings(connection: Connection, inTurn: readonly string[] = []): Promise<Finding[]> {
  if (connection.role === 'source') return [];
  const warnings = (await untold(connection, inTurn)).map((message): Finding => ({ level: 'warning', message }));
  return [...(await peopleFindings(connection)), ...calendarFindings(connection), ...warnings];
}

/** Where the same people work in another CRM too, a person may be a user of that one alone. */
async function peopleFindings(connection: Connection): Promise<Finding[]> {
  const { sales, beside = [] } = connection;
  const { mentions } = sales;
  if (mentions.length === 0) return [];
  const others = beside.some(({ role }) => role !== 'source');
  const then = others ? 'they get no leads here' : 'correct it, or take it out';
  const directory = ownerDirectory(connection);
  const strange: Finding[] = [];
  const unseen = (why: string): Finding[] => [
    { level: 'problem', message: `the people in sales.yaml cannot be looked up: ${why}` },
  ];
  try {
    if ((await directory.all()).length === 0) return unseen('the CRM shows nobody who can own leads');
    for (const { email, place } of mentions) {
      const user = await directory.byEmail(email);
      if (user?.isActive === true) continue;
      const is = user === undefined ? 'nobody in the CRM has this e-mail address' : 'this is no active user of the CRM';
      const message = formatProblem({ ...place, message: `${is}: ${then}` });
      strange.push({ level: others ? 'warning' : 'problem', message });
    }
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    return unseen(error.message);
  }
  const count = new Set(mentions.map(({ email }) => email)).size;
  const known = `the people in sales.yaml are users of the CRM (${count})`;
  return strange.length > 0 ? strange : [{ level: 'ok', message: known }];
}

function calendarFindings({ clock, sales }: Connection): Finding[] {
  const today = dateAt(clock.now(), sales.hours?.timeZone ?? 'UTC');
  return sales.calendars.flatMap(({ name, last, place }): Finding[] => {
    if (last !== undefined && last >= today) return [];
    const message = `every date of the calendar "${name}" is past: add those to come`;
    return [{ level: 'warning', message: formatProblem({ ...place, message }) }];
  });
}
