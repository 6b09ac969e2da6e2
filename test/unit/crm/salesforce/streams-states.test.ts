import { describe, expect, test } from 'vitest';
import { modelOutputs } from '../../../../src/crm/salesforce/model-outputs.ts';
import { checkStreams } from '../../../../src/crm/salesforce/streams/check-streams.ts';
import { deliveredTypes, streamProblems, streamStates } from '../../../../src/crm/salesforce/streams/stream-states.ts';
import { untoldTypes } from '../../../../src/crm/salesforce/streams/untold-types.ts';
import type { ActivityType } from '../../../../src/leads/activity.ts';
import { configOf, forgetOrgs, id, orgWith, type Table } from './streams-bench.ts';

forgetOrgs();

const ALL: Readonly<Record<string, Table>> = {
  Campaign: [{ Id: id('701', 1), Name: 'Demo' }],
  CampaignMember: [],
  Task: [],
  Event: [],
  EmailMessage: [],
  EmailMessageRelation: [],
  Opportunity: [],
  OpportunityContactRole: [],
  Lead: [],
};

const models = (yaml: string, ...activityTypes: ActivityType[]) =>
  modelOutputs(configOf(yaml), [{ id: 'platform', name: 'Platform', flags: [], personas: [], activityTypes }]);

async function statesOf(yaml: string, tables: Readonly<Record<string, Table>>, ...asked: ActivityType[]) {
  const { api, calls } = orgWith(tables);
  const config = configOf(yaml);
  const states = await streamStates({ api, config }, new Set(asked));
  return {
    states: Object.fromEntries(states),
    delivers: [...deliveredTypes(config, states)],
    problems: streamProblems(states),
    calls,
  };
}

describe('what is read', () => {
  test('is what a model asks for and the user may read, with one call for each', async () => {
    const { states, calls } = await statesOf('', ALL, 'call', 'meeting', 'email-open', 'deal-won');
    expect(states).toEqual({
      campaigns: 'off',
      tasks: 'open',
      events: 'open',
      emails: 'open',
      opportunities: 'open',
      visitor_activities: 'off',
    });
    expect(calls).toEqual(['setup', 'setup', 'setup', 'setup']);
  });

  test('costs no call where nobody asks, and would be told all the same', async () => {
    const { states, delivers, calls } = await statesOf('campaigns: { demo: Demo }', ALL);
    expect(states).toMatchObject({ campaigns: 'unasked', tasks: 'unasked', events: 'unasked' });
    expect(delivers).toEqual(expect.arrayContaining(['form-submission', 'call', 'meeting', 'deal-won']));
    expect(calls).toEqual([]);
  });

  test('is nothing that config switches off', async () => {
    const { states, delivers } = await statesOf('streams: { tasks: off, emails: off }', ALL, 'call', 'sales-email');
    expect(states).toMatchObject({ tasks: 'off', emails: 'off' });
    expect(delivers).not.toContain('call');
  });

  test('is nothing that the user may not read; where config insists, that is a problem', async () => {
    const { Opportunity: _, ...rest } = ALL;
    const { states, problems } = await statesOf('', rest, 'deal-won');
    expect([states.opportunities, problems]).toEqual(['absent', []]);
    const insisting = await statesOf('streams: { opportunities: on }', rest);
    expect(insisting.states.opportunities).toBe('refused');
    expect(insisting.problems).toEqual([
      {
        path: ['streams', 'opportunities'],
        message:
          'Salesforce does not give opportunities that were won (it needs the permission Read on opportunities, contacts and leads): write "auto" or "off" instead of "on"',
      },
    ]);
  });

  test('is tried all the same where Salesforce is out of order', async () => {
    const { states } = await statesOf('', { ...ALL, Task: 'SERVER_UNAVAILABLE' }, 'call');
    expect(states.tasks).toBe('open');
  });
});

describe('the check', () => {
  async function findings(yaml: string, tables: Readonly<Record<string, Table>>, ...asked: ActivityType[]) {
    const { api } = orgWith(tables);
    const all = await checkStreams({ api, config: configOf(yaml), models: models(yaml, ...asked) });
    return all.map(({ level, message }) => `${level} ${message}`);
  }

  test('has a line for each kind', async () => {
    const yaml = 'campaigns: { demo: Demo }\nstreams: { events: off }';
    expect(await findings(yaml, ALL, 'form-submission', 'call')).toEqual([
      'ok responses to campaigns can be read',
      'ok calls and e-mails that are logged as tasks can be read',
      'ok meetings in the calendar are not read: config says off',
      'ok e-mails of sales can be read, and are not: no model asks for them',
      'ok opportunities that were won can be read, and are not: no model asks for them',
      'ok visitor activities of Account Engagement are not read: config names none',
    ]);
  });

  test('names the permission or the field that is missing, and warns where a model asks for it', async () => {
    const tables = { ...ALL, Task: 'INVALID_FIELD', EmailMessage: 'INVALID_TYPE' };
    const lines = await findings('streams: { tasks: on }', tables, 'email-reply');
    expect(lines).toContain(
      'problem streams.tasks: Salesforce does not give calls and e-mails that are logged as tasks (the user cannot see the field Hidden; it needs Read on the leads and contacts that the tasks are about, and access to activities): write "auto" or "off" instead of "on"',
    );
    expect(lines).toContain(
      'warning e-mails of sales cannot be read: it needs Enhanced Email, which most orgs have (Setup, Enhanced Email), and access to activities. A model asks for email-reply, of which this tells',
    );
  });

  test('names a campaign in config that is not there', async () => {
    expect(await findings('campaigns: { demo: Demo, trial: Free trial }', ALL, 'form-submission')).toContainEqual(
      expect.stringMatching(/^problem campaigns\.trial: Salesforce has no campaign "Free trial" that the user may see/),
    );
  });

  test('says what nothing here tells of, and what would', () => {
    const yaml = 'streams: { events: off }';
    const untold = untoldTypes(
      configOf(yaml),
      models(yaml, 'call', 'meeting', 'form-submission', 'download', 'page-view', 'event-attendance', 'tool-use'),
    );
    const nothing = 'nothing here tells of it, so that it gives no points in the model platform';
    expect(untold.map(({ level, message }) => `${level} ${message}`)).toEqual([
      `warning meeting: ${nothing}. To have it read, write streams: { events: auto }`,
      `warning form-submission: ${nothing}. To have it read, name campaigns under campaigns`,
      `ok download: ${nothing}. Responses to a campaign could, named under campaigns with as: download. Account Engagement could, named under account_engagement`,
      `ok page-view: ${nothing}. Account Engagement could, named under account_engagement`,
      `ok event-attendance: ${nothing}. Responses to a campaign could, named under campaigns with as: event-attendance. Account Engagement could, named under account_engagement`,
      `ok tool-use: ${nothing}. Responses to a campaign could, named under campaigns with as: tool-use`,
    ]);
  });
});
