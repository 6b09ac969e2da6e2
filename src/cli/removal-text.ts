import type { RemovalOutcome, RemovalPlan } from '../crm/crm.ts';
import type { Io } from './io.ts';
import { counted, fold, paint } from './print.ts';
import type { RemainingStep } from './project-steps.ts';

export function planLines({ steps, kept }: RemovalPlan, erase: boolean, io: Io): string[] {
  const item = (mark: string, text: string) => `  ${mark} ${io.terminal ? fold(text, 4).trimStart() : text}`;
  const doomed = steps.map(({ description }) => item(paint(io, 'red', '-'), description));
  const others = kept.map(({ kind, on, name, reason }) =>
    item('=', `${on === 'accounts' ? 'company ' : ''}${kind} ${name}: ${reason}`),
  );
  return [
    ...(steps.length === 0
      ? ['nothing that setup created is in the portal: nothing to remove']
      : ['to be deleted from the portal, with all values in it:', ...doomed]),
    ...(others.length === 0 ? [] : ['left alone:', ...others]),
    ...(erase ? ['and everything that leadgauge keeps in Redis'] : []),
    ...(steps.length === 0 ? [] : [item('', RESTORABLE).trim()]),
  ];
}

const RESTORABLE =
  'HubSpot keeps deleted properties for 90 days: until then they can be restored, with their values, under Settings, Properties, Archived.';

export function outcomeLines(outcomes: readonly RemovalOutcome[], erased: boolean, io: Io): string[] {
  const gone = (kind: string) => outcomes.filter(({ step, refused }) => step.kind === kind && refused === undefined);
  const [properties, groups] = [gone('property').length, gone('group').length];
  const lines = outcomes.flatMap(({ step, refused }) => {
    if (refused === undefined) return [];
    const text = `${step.description}: ${refused}`;
    return [`${paint(io, 'red', 'x')} not deleted: ${io.terminal ? fold(text, 2).trimStart() : text}`];
  });
  const deleted = [
    ...(properties > 0 ? [`${properties} ${properties === 1 ? 'property' : 'properties'}`] : []),
    ...(groups > 0 ? [counted(groups, 'group')] : []),
    ...(erased ? ["leadgauge's keys in Redis"] : []),
  ];
  return [...lines, ...(deleted.length > 0 ? [`deleted: ${deleted.join(', ')}`] : [])];
}

/** What no command takes away. */
export function remainingByHand(redis: boolean): RemainingStep[] {
  return [
    {
      text: 'The credential: in HubSpot, delete the project under Development, Projects (its tab Settings), or the service key under Development, Keys. The tasks that leadgauge made and the stages it set stay.',
      lines: [],
    },
    {
      text: 'Take these out of .env:',
      lines: ['HUBSPOT_TOKEN', 'HUBSPOT_WEBHOOK_SECRETS', 'FORM_WEBHOOK_SECRETS', 'PUBLIC_URL'],
    },
    ...(redis
      ? []
      : [
          {
            text: 'What leadgauge keeps in Redis, before you take the token out:',
            lines: ['leadgauge remove hubspot --redis'],
          },
        ]),
    { text: 'The folder data/, and hubspot-app/ if you had one.', lines: [] },
  ];
}
