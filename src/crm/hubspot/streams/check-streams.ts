import { LeadgaugeError, messageOf } from '../../../base/errors.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { Finding } from '../../crm.ts';
import type { HubspotConfig } from '../config.ts';
import { ForbiddenError } from '../refusal.ts';
import type { Transport } from '../transport.ts';
import { STREAMS } from './registry.ts';
import type { StreamKind } from './stream-kind.ts';
import { isNotAllowed, needsOf } from './stream-states.ts';

/** One finding for each stream: whether the credential and the portal allow it, and what is missing where they do not. */
export async function checkStreams(
  transport: Transport,
  streams: HubspotConfig['streams'],
  asked: ReadonlySet<ActivityType>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const kind of STREAMS) {
    const wanted = streams[kind.key];
    if (wanted === 'off') findings.push({ level: 'ok', message: `${kind.what} are not read: config says off` });
    else findings.push(await checkStream(transport, kind, wanted, asked));
  }
  return findings;
}

async function checkStream(
  transport: Transport,
  kind: StreamKind,
  wanted: 'auto' | 'on',
  asked: ReadonlySet<ActivityType>,
): Promise<Finding> {
  const { key, what, delivers } = kind;
  const types = delivers.filter((type) => asked.has(type));
  const isAsked = types.length > 0;
  try {
    await kind.probe(transport);
    const unread = isAsked || wanted === 'on' ? '' : ', and are not: no model asks for them';
    return { level: 'ok', message: `${what} can be read${unread}` };
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    if (!isNotAllowed(error))
      return { level: 'problem', message: `not known: ${what} can be read. ${messageOf(error)}` };
    const missing = `${what} cannot be read: ${lackOf(error, kind)}`;
    if (wanted === 'on')
      return { level: 'problem', message: `${missing}. Give it that, or write streams: { ${key}: auto }` };
    if (isAsked) return { level: 'warning', message: `${missing}. A model asks for ${types.join(' and ')}` };
    return { level: 'ok', message: `${missing}. No model asks for them` };
  }
}

/** HubSpot may name the scope; it never names the edition. */
function lackOf(error: LeadgaugeError, kind: StreamKind): string {
  if (error instanceof ForbiddenError && error.scopes.length > 0)
    return `the credential lacks the scope ${error.scopes.join(' or ')}`;
  return needsOf(kind);
}
