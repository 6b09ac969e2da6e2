import { expect, test } from 'vitest';
import type { Org } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import type { Portal } from '../../src/sandbox/sandbox.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { openCliOrg } from '../support/cli-org.ts';
import { openCliPortal } from '../support/run-cli.ts';
import { salesforceOf } from '../support/shipped-config.ts';

const SCORE = 'leadgauge_score';

type Property = NonNullable<ReturnType<Portal['properties']['get']>>;

test.each<[string, (portal: Portal, property: Property) => unknown]>([
  ['is gone', (portal, property) => portal.properties.archive(property, portal.now())],
  ['became a text', (_, property) => Object.assign(property, { type: 'string', fieldType: 'text' })],
  ['cannot be written to', (_, property) => Object.assign(property, { readOnly: true })],
])('an output property that %s after the set-up: check names it, and a backfill writes nothing', async (_, change) => {
  const { sandbox, run } = await openCliPortal({ leads: 5 });
  expect((await run('setup', '--yes')).code).toBe(0);
  const property = sandbox.portal.properties.get(SCORE);
  if (property === undefined) throw new Error('the set-up made no score');
  change(sandbox.portal, property);
  for (const command of ['check', 'backfill']) {
    const { code, out, err } = await run(command);
    expect(code).toBe(2);
    expect(out + err).toContain(SCORE);
  }
  // Check tries whether it may write by asking for nothing.
  const writes = sandbox.requests.all({ path: '/crm/objects', kind: 'write' });
  expect(writes.filter(({ status }) => status < 300)).toEqual([]);
});

const FIELD = 'Leadgauge_Score__c';

test.each<[string, (org: Org) => unknown]>([
  ['is gone', (org) => org.removeField('Lead', FIELD)],
  [
    'became a text',
    (org) => {
      org.removeField('Lead', FIELD);
      org.addField('Lead', { name: FIELD, label: 'Score', type: 'string', length: 80 });
    },
  ],
  [
    'cannot be written to',
    (org) => {
      for (const grant of org.type('FieldPermissions').where('Field', `Lead.${FIELD}`))
        org.update(grant.id, { PermissionsEdit: false });
    },
  ],
])(
  'an output field of Salesforce that %s after the set-up: check names it, and a backfill writes nothing',
  async (_, change) => {
    const { sandbox, run, config } = await openCliOrg({ leads: 5 });
    const { org, people, requests } = sandbox;
    // Without one of them no connection would open.
    for (const { campaign } of Object.values(salesforceOf(loadConfig(config)).value.campaigns))
      if (org.type('Campaign').where('Name', campaign).length === 0) people.createCampaign(campaign);
    expect((await run('setup', '--yes')).code).toBe(0);
    change(org);
    requests.clear();
    for (const command of ['check', 'backfill']) {
      const { code, out, err } = await run(command);
      expect({ command, code, said: out + err }).toEqual({ command, code: 2, said: expect.stringContaining(FIELD) });
    }
    expect(requests.all({ kind: 'write' })).toEqual([]);
  },
);
