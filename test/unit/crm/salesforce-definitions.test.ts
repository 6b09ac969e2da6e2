import { expect, test } from 'vitest';
import { type DefinitionOptions, salesforceDefinitions } from '../../../src/crm/salesforce/definitions/definitions.ts';
import { instantText } from '../../../src/crm/salesforce/definitions/instant-text.ts';

const OPTIONS: DefinitionOptions = { publicUrl: 'https://leads.example.com', folder: 'force-app/main/default' };

/** The files as they are deployed: with what stands in the environment. */
function deployed(options: Partial<DefinitionOptions> = {}): Record<string, string> {
  const environment: Record<string, string> = {
    SALESFORCE_WEBHOOK_SECRET: 'the-secret',
    SALESFORCE_USERNAME: 'leadgauge@acme.example',
  };
  const { files, replacements } = salesforceDefinitions({ ...OPTIONS, ...options });
  return Object.fromEntries(
    files.map(({ path, content }) => {
      const own = replacements.filter(({ filename }) => filename === path);
      const text = own.reduce(
        (all, { stringToReplace, replaceWithEnv }) =>
          all.replaceAll(stringToReplace, environment[replaceWithEnv] ?? 'not set'),
        content,
      );
      return [path, text];
    }),
  );
}

test('leads, contacts and campaign members have a flow each, and the message it sends', () => {
  expect(Object.keys(deployed())).toEqual([
    'force-app/main/default/workflows/Lead.workflow-meta.xml',
    'force-app/main/default/flows/Leadgauge_Lead_Changed.flow-meta.xml',
    'force-app/main/default/workflows/Contact.workflow-meta.xml',
    'force-app/main/default/flows/Leadgauge_Contact_Changed.flow-meta.xml',
    'force-app/main/default/workflows/CampaignMember.workflow-meta.xml',
    'force-app/main/default/flows/Leadgauge_CampaignMember_Changed.flow-meta.xml',
  ]);
});

test('a message goes to the receiver, with the secret that is set as it is deployed', () => {
  expect(
    deployed()['force-app/main/default/workflows/CampaignMember.workflow-meta.xml'],
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<Workflow xmlns="http://soap.sforce.com/2006/04/metadata">
    <outboundMessages>
        <fullName>Leadgauge_CampaignMember_Changed</fullName>
        <apiVersion>68.0</apiVersion>
        <description>Tells leadgauge the id of a campaign member that changed. It carries nothing else of the record.</description>
        <endpointUrl>https://leads.example.com/webhooks/salesforce/the-secret</endpointUrl>
        <fields>ContactId</fields>
        <fields>Id</fields>
        <fields>LeadId</fields>
        <includeSessionId>false</includeSessionId>
        <integrationUser>leadgauge@acme.example</integrationUser>
        <name>leadgauge: a campaign member changed</name>
        <protected>false</protected>
        <useDeadLetterQueue>false</useDeadLetterQueue>
    </outboundMessages>
</Workflow>
`);
});

test('a flow sends the message of its own object after every save that is not our own', () => {
  const flow = deployed()['force-app/main/default/flows/Leadgauge_Lead_Changed.flow-meta.xml'];
  for (const part of [
    '<actionName>Lead.Leadgauge_Lead_Changed</actionName>',
    '<actionType>outboundMessage</actionType>',
    '<targetReference>Tell_Leadgauge</targetReference>',
    '<filterFormula>{!$User.Username} &lt;&gt; "leadgauge@acme.example"</filterFormula>',
    '<object>Lead</object>',
    '<recordTriggerType>CreateAndUpdate</recordTriggerType>',
    '<triggerType>RecordAfterSave</triggerType>',
    '<processType>AutoLaunchedFlow</processType>',
    '<status>Active</status>',
  ])
    expect(flow).toContain(part);
});

test('person accounts, which other orgs do not have, are told of by their contact', () => {
  const files = deployed({ personAccounts: true });
  expect(files['force-app/main/default/workflows/Account.workflow-meta.xml']).toContain(
    '<fields>PersonContactId</fields>',
  );
  expect(files['force-app/main/default/flows/Leadgauge_Account_Changed.flow-meta.xml']).toContain(
    '<filterFormula>AND({!$Record.IsPersonAccount}, {!$User.Username} &lt;&gt; "leadgauge@acme.example")</filterFormula>',
  );
});

test.each([undefined, 'http://127.0.0.1:3000'])(
  'without an address that Salesforce reaches (%s) there is nothing to deploy',
  (publicUrl) => {
    expect(salesforceDefinitions({ ...OPTIONS, publicUrl })).toEqual({ files: [], replacements: [] });
  },
);

test('every text that is put in as it is deployed stands in its file, and an address is written as XML needs it', () => {
  const { files, replacements } = salesforceDefinitions({ ...OPTIONS, publicUrl: 'https://leads.example.com/a&b' });
  for (const { filename, stringToReplace } of replacements)
    expect(files.find(({ path }) => path === filename)?.content).toContain(stringToReplace);
  expect(files[0]?.content).toContain('<endpointUrl>https://leads.example.com/a&amp;b/webhooks/salesforce/');
});

test('whoever administers the org is told where to call and what to set', () => {
  const text = instantText('https://leads.example.com');
  for (const part of [
    'https://leads.example.com/webhooks/salesforce/<secret>',
    '/webhooks/salesforce/flow',
    'X-Leadgauge-Secret',
    'SALESFORCE_WEBHOOK_SECRETS',
    'SALESFORCE_ORGANIZATION_IDS',
    'Leadgauge_CampaignMember_Changed',
  ])
    expect(text).toContain(part);
});
