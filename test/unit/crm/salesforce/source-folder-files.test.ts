import { describe, expect, test } from 'vitest';
import { salesforceConfigSchema } from '../../../../src/crm/salesforce/config.ts';
import { modelOutputs } from '../../../../src/crm/salesforce/model-outputs.ts';
import { sourceFolder } from '../../../../src/crm/salesforce/source-folder.ts';
import { MODEL } from './write-context.ts';

const config = salesforceConfigSchema.parse({ fields: {}, lifecycle: {}, campaigns: { demo: 'Demo' } });
const models = modelOutputs(config, [{ ...MODEL, name: 'R&D <platform>' }]);
const files = new Map(sourceFolder({ config, models }).files.map(({ path, content }) => [path, content]));
const ROOT = 'force-app/main/default';

describe('the source folder', () => {
  test('has a file for each field, on leads, contacts and accounts', () => {
    const on = (object: string) =>
      [...files.keys()].filter((path) => path.startsWith(`${ROOT}/objects/${object}/fields/`));
    expect(on('Lead')).toHaveLength(29);
    expect(on('Contact')).toHaveLength(29);
    expect(on('Account')).toEqual([`${ROOT}/objects/Account/fields/Leadgauge_Account_Score__c.field-meta.xml`]);
  });

  test('writes a field as Salesforce retrieves it', () => {
    expect(
      files.get(`${ROOT}/objects/Lead/fields/Leadgauge_Stage__c.field-meta.xml`),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Leadgauge_Stage__c</fullName>
    <description>Where this person stands on the way to becoming a customer. leadgauge moves it forward as far as the stage of a marketing qualified lead, and back from there alone, for a lead that is given back to marketing. Past it, it is yours to move.</description>
    <inlineHelpText>Where this person stands on the way to becoming a customer. leadgauge moves it forward as far as the stage of a marketing qualified lead, and back from there alone, for a lead that is given back to marketing. Past it, it is yours to move.</inlineHelpText>
    <label>Lead stage</label>
    <required>false</required>
    <type>Picklist</type>
    <valueSet>
        <restricted>true</restricted>
        <valueSetDefinition>
            <sorted>false</sorted>
            <value>
                <fullName>Lead</fullName>
                <default>false</default>
                <label>Lead</label>
            </value>
            <value>
                <fullName>MQL</fullName>
                <default>false</default>
                <label>MQL</label>
            </value>
            <value>
                <fullName>SQL</fullName>
                <default>false</default>
                <label>SQL</label>
            </value>
            <value>
                <fullName>Customer</fullName>
                <default>false</default>
                <label>Customer</label>
            </value>
        </valueSetDefinition>
    </valueSet>
</CustomField>
`);
  });

  test('lets the integration user write, and sales decide and move the stage', () => {
    const editable = (set: string) =>
      [
        ...(files.get(`${ROOT}/permissionsets/${set}.permissionset-meta.xml`) ?? '').matchAll(
          /<editable>true<\/editable>\s*<field>([^<]+)/g,
        ),
      ].map(([, field]) => field);
    expect(editable('Leadgauge')).toContain('Lead.Leadgauge_Score__c');
    expect(editable('Leadgauge')).not.toContain('Lead.Leadgauge_Override__c');
    expect(editable('Leadgauge_Sales')).toEqual([
      'Contact.Leadgauge_Override__c',
      'Contact.Leadgauge_Stage__c',
      'Lead.Leadgauge_Override__c',
      'Lead.Leadgauge_Stage__c',
    ]);
  });

  test('lets the integration user edit accounts only where companies are scored, or persons are accounts', () => {
    const mayEdit = (options: { readonly account: object | undefined; readonly personAccounts: boolean }) => {
      const { account, personAccounts } = options;
      const scored = modelOutputs(config, [{ ...MODEL, account }]);
      const path = `${ROOT}/permissionsets/Leadgauge.permissionset-meta.xml`;
      const set = sourceFolder({ config, models: scored, personAccounts }).files.find((file) => file.path === path);
      const onAccounts = set?.content.split('<objectPermissions>').find((each) => each.includes('<object>Account<'));
      return /<allowEdit>(\w+)/.exec(onAccounts ?? '')?.[1];
    };
    expect(mayEdit({ account: undefined, personAccounts: false })).toBe('false');
    expect(mayEdit({ account: {}, personAccounts: false })).toBe('true');
    expect(mayEdit({ account: undefined, personAccounts: true })).toBe('true');
  });

  test('names everything in its manifest, and takes away no more than it brought', () => {
    const members = (path: string) =>
      [...(files.get(path) ?? '').matchAll(/<members>([^<]+)/g)].map(([, name]) => name);
    expect(members('manifest/package.xml')).toHaveLength(29 + 29 + 1 + 2);
    expect(members('removal/destructiveChanges.xml')).toEqual(members('manifest/package.xml'));
    expect(members('removal/package.xml')).toEqual([]);
  });

  test('with an address for Salesforce to tell of changes has what tells, in the manifest too', () => {
    const told = sourceFolder({ config, models, publicUrl: 'https://leads.example.com' }).files;
    const manifest = told.find(({ path }) => path === 'manifest/package.xml')?.content ?? '';
    const flows = told.filter(({ path }) => path.includes('/flows/'));
    expect(flows.length).toBeGreaterThan(0);
    for (const { path } of flows)
      expect(manifest).toContain(`<members>${/([^/.]+)\.flow-meta/.exec(path)?.[1]}</members>`);
    expect(told.some(({ content }) => content.includes('<name>Flow</name>'))).toBe(true);
  });

  test('says in its README how a change reaches leadgauge at once, but only where it does', () => {
    const readme = (publicUrl?: string) =>
      sourceFolder({ config, models, publicUrl }).files.find(({ path }) => path === 'README.md')?.content;
    expect(readme('https://leads.example.com')).toContain('https://leads.example.com/webhooks/salesforce/<secret>');
    expect(readme()).not.toContain('Outbound');
    expect(readme()).not.toContain('environment');
  });
});
