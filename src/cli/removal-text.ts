import type { RemovalOutcome, RemovalPlan } from '../crm/crm.ts';
import { countedKind, wordsOfCrm } from './crm-words.ts';
import type { Io } from './io.ts';
import { fold, paint } from './print.ts';
import { beforeRemoval } from './removal-steps.ts';

interface Planned {
  /** Of the CRM. */
  readonly name: string;
  readonly plan: RemovalPlan;
  /** Whether what is in Redis goes as well, and whether other CRMs have things there. */
  readonly erase: boolean;
  readonly several: boolean;
}

export function planLines({ name, plan, erase, several }: Planned, io: Io): string[] {
  const { steps, kept } = plan;
  const { whole, kinds, namesObjects } = wordsOfCrm(name);
  const item = (mark: string, text: string) => `  ${mark} ${io.terminal ? fold(text, 4).trimStart() : text}`;
  const doomed = steps.map(({ description }) => item(paint(io, 'red', '-'), description));
  const others = kept.map(({ kind, on, name: output, reason }) =>
    item('=', `${on === 'accounts' && !namesObjects ? 'company ' : ''}${kinds[kind][0]} ${output}: ${reason}`),
  );
  return [
    ...(steps.length === 0
      ? [`nothing that setup created is in ${whole}: nothing to remove`]
      : [`to be deleted from ${whole}, with all values in it:`, ...doomed]),
    ...(others.length === 0 ? [] : ['left alone:', ...others]),
    ...(erase ? [`and everything that leadgauge keeps in Redis${several ? ', of every CRM' : ''}`] : []),
    ...(steps.length === 0 ? [] : beforeRemoval(name).map((text) => item('', text).trim())),
  ];
}

interface Removed {
  readonly name: string;
  readonly outcomes: readonly RemovalOutcome[];
  readonly erased: boolean;
}

export function outcomeLines({ name, outcomes, erased }: Removed, io: Io): string[] {
  const words = wordsOfCrm(name);
  const lines = outcomes.flatMap(({ step, refused }) => {
    if (refused === undefined) return [];
    const text = `${step.description}: ${refused}`;
    return [`${paint(io, 'red', 'x')} not deleted: ${io.terminal ? fold(text, 2).trimStart() : text}`];
  });
  const deleted = (['property', 'group', 'permission'] as const).flatMap((kind) => {
    const gone = outcomes.filter(({ step, refused }) => step.kind === kind && refused === undefined).length;
    return gone === 0 ? [] : [countedKind(words, kind, gone)];
  });
  if (erased) deleted.push("leadgauge's keys in Redis");
  return [...lines, ...(deleted.length > 0 ? [`deleted: ${deleted.join(', ')}`] : [])];
}
