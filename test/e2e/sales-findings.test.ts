import { describe, expect, it } from 'vitest';
import { createPortal } from '../../src/sandbox/sandbox.ts';
import { hubspotOf } from '../../src/settings/config.ts';
import { nurtureFindings } from '../../src/sync/nurture-findings.ts';
import { salesFindings } from '../../src/sync/sales-findings.ts';
import { editedConfig } from '../support/edited-config.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const [ANN, BO] = createPortal().owners.all.map(({ email }) => email);

interface Case {
  readonly sales: string;
  readonly create?: 'on' | 'off';
  /** Who gets leads in turn. */
  readonly inTurn?: readonly (string | undefined)[];
}

/** What check says of a sales.yaml, but for what is as it should be. */
async function saidOf({ sales, create = 'on', inTurn = [] }: Case): Promise<string[]> {
  const config = editedConfig(() => sales, 'sales.yaml');
  const file = hubspotOf(config);
  const value = { ...file.value, tasks: { ...file.value.tasks, create } };
  const { connection } = await openTestWorld(redis, { config: { ...config, hubspot: { ...file, value } } });
  const findings = await salesFindings(
    connection,
    inTurn.flatMap((email) => email ?? []),
  );
  return findings.filter(({ level }) => level !== 'ok').map(({ level, message }) => `${level} ${message}`);
}

describe('check warns where nobody would be told', () => {
  const REMIND = 'follow_up: { escalate_after: off }\n';

  it.each<[string, Case, readonly string[]]>([
    [
      'of a late follow-up, without channels and tasks',
      { sales: REMIND, create: 'off' },
      [
        'warning nobody is told of a late follow-up: every way under "notify" in sales.yaml is off, and so are tasks: switch one on, or write "follow_up: off"',
      ],
    ],
    ['but not with a channel', { sales: `${REMIND}notify: { https: on }\n`, create: 'off' }, []],
    ['nor with tasks', { sales: REMIND }, []],
    [
      'by e-mail, of what goes to the team',
      { sales: 'notify: { email: { from: leads@example.com } }\n' },
      [
        'warning nobody is told by e-mail of a lead that has no owner, or of a rule that was stopped: name a "team" under "notify" in sales.yaml',
      ],
    ],
    [
      'but not where there is none of that',
      { sales: 'ceiling: off\nnotify: { email: { from: leads@example.com } }\n', inTurn: [ANN] },
      [],
    ],
    [
      'as nobody has a manager',
      { sales: 'follow_up: {}\n' },
      [
        'warning leads are escalated to the manager of their owner, but nobody\'s manager is known: nobody is told in their place, as every way under "notify" is off. Write "manager" under "people" in sales.yaml, or another "escalate_to"',
      ],
    ],
    [
      'as one of those who get leads has none',
      {
        sales: `follow_up: {}\nnotify: { https: on }\npeople: { ${ANN}: { manager: boss@example.com } }\n`,
        inTurn: [ANN, BO],
      },
      [
        'warning leads are escalated to the manager of their owner, but the manager of 1 of the 2 who get leads is not known: the team is told in their place. Write "manager" under "people" in sales.yaml, or another "escalate_to"',
      ],
    ],
    [
      'but not where all have one',
      { sales: `follow_up: {}\npeople: { ${ANN}: { manager: ${BO} } }\n`, inTurn: [ANN] },
      [],
    ],
    ['nor where leads are escalated to somebody else', { sales: 'follow_up: { escalate_to: boss@example.com }\n' }, []],
  ])('%s', async (_, one, said) => {
    expect(await saidOf(one)).toEqual(said);
  });

  it('that nurture rules wait for a workflow, and no more once a list is named', async () => {
    const { connection } = await openTestWorld(redis);
    expect(nurtureFindings([connection])).toEqual([
      {
        level: 'ok',
        message:
          'the nurture rules content, webinar mark leads for a workflow of the CRM: for a list or campaign instead, name one under "nurture" in hubspot.yaml',
      },
    ]);
    const crm = { ...connection.crm, nurtures: new Set(['content', 'webinar']) };
    expect(nurtureFindings([{ ...connection, crm }])).toEqual([]);
    expect(nurtureFindings([{ ...connection, role: 'source' }])).toEqual([]);
  });
});
