import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/crm/crm.ts';
import { listForms } from '../../src/crm/hubspot/api/forms.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { formSubmissions } from '../../src/crm/hubspot/streams/form-submissions.ts';
import { config, createBench, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

const form = (id: string, formType: string, name: string | null = `Form ${id}`) => ({
  id,
  name,
  formType,
  createdAt: '2026-03-01T09:00:00.000Z',
  archived: false,
});

test('forms of every type are listed, page by page, also one that has no name', async () => {
  const { transport } = createBench();
  hubspot()
    .get('/marketing/v3/forms')
    .query({ limit: '100', formTypes: 'all' })
    .reply(200, { results: [form('1', 'hubspot'), form('2', 'captured', null)], paging: { next: { after: 'x' } } });
  hubspot()
    .get('/marketing/v3/forms')
    .query({ limit: '100', formTypes: 'all', after: 'x' })
    .reply(200, { results: [form('3', 'flow'), form('4', 'blog_comment'), { id: 5 }] });
  const forms = await listForms(transport);
  expect(forms.map(({ id, name }) => [id, name])).toEqual([
    ['1', 'Form 1'],
    ['2', ''],
    ['3', 'Form 3'],
    ['4', 'Form 4'],
  ]);
});

test('two forms with one name are told apart by their type and the day they were made', async () => {
  const { parts } = createBench();
  hubspot().get('/crm/properties/2026-09/contacts').reply(200, { results: [] });
  hubspot()
    .get('/marketing/v3/forms')
    .query(true)
    .reply(200, { results: [form('1', 'hubspot', 'Demo'), form('2', 'flow', 'Demo')] });
  const crm = createHubspot({ ...parts, config: config('fields: {}\nforms: { demo: Demo }'), models: [] });
  await expect(crm.connect()).rejects.toThrow(
    'write the GUID of the one you mean (1, hubspot, of 2026-03-01; 2, flow, of 2026-03-01)',
  );
});

describe('who sent a form', () => {
  const FORM = { key: 'demo', id: '6f0f9b5c-0000-4000-a000-000000000001' };

  async function senderOf(...values: object[]): Promise<Observation['person'] | undefined> {
    const { transport } = createBench();
    hubspot()
      .get(`/form-integrations/v1/submissions/forms/${FORM.id}`)
      .query(true)
      .reply(200, { results: [{ conversionId: 'c1', submittedAt: 3_000, values }] });
    const pages = await Array.fromAsync(formSubmissions(transport, FORM).pull({ from: 0, to: 5_000 }));
    return pages.flat()[0]?.person;
  }

  const value = (name: string, text: unknown, objectTypeId?: string) => ({
    name,
    value: text,
    ...(objectTypeId !== undefined && { objectTypeId }),
  });

  test.each([
    ['its e-mail field, however it is written', [value('Email', ' Ada@X.example ')]],
    ['the field of a newer form', [value('0-1/email', 'ada@x.example')]],
    [
      'the contact’s, and not the company’s of the same name',
      [value('email', 'info@x.example', '0-2'), value('email', 'ada@x.example', '0-1')],
    ],
    ['an additional address where there is no other', [value('hs_additional_emails', ';ada@x.example;ada@y.example')]],
    [
      'the e-mail field before additional addresses',
      [value('hs_additional_emails', 'ada@y.example'), value('email', 'ada@x.example')],
    ],
  ])('is known by %s', async (_, values) => {
    await expect(senderOf(...values)).resolves.toEqual({ email: 'ada@x.example' });
  });

  test.each([
    ['the company’s address', [value('email', 'info@x.example', '0-2')]],
    ['no address', [value('firstname', 'Ada')]],
    ['an address that is none', [value('email', 'n/a'), value('hs_additional_emails', 17)]],
  ])('is not known by %s', async (_, values) => {
    await expect(senderOf(...values)).resolves.toBeUndefined();
  });
});
