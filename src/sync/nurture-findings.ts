import type { Finding } from '../crm/crm.ts';
import type { Connection } from './connection.ts';

/** The nurture rules of the models for which no CRM has a list or a campaign: that is fine where a workflow starts by the property. */
export function nurtureFindings(connections: readonly Connection[]): Finding[] {
  const scored = connections.filter(({ role }) => role !== 'source');
  const models = new Set(scored.flatMap((connection) => connection.models.models));
  const rules = new Set([...models].flatMap(({ nurtureRules }) => nurtureRules.map(({ id }) => id)));
  const bare = [...rules].filter((rule) => !scored.some(({ crm }) => crm.nurtures.has(rule)));
  if (bare.length === 0) return [];
  const files = scored.map(({ crm }) => `${crm.name}.yaml`).join(' or ');
  const [rule, puts] = bare.length === 1 ? ['rule', 'marks'] : ['rules', 'mark'];
  const message = `the nurture ${rule} ${bare.join(', ')} ${puts} leads for a workflow of the CRM: for a list or campaign instead, name one under "nurture" in ${files}`;
  return [{ level: 'ok', message }];
}
