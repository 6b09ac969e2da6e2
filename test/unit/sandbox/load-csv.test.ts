import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPortal, FORMS, loadCsv } from '../../../src/sandbox/sandbox.ts';
import { NOW } from './open-sandbox.ts';

async function files(leads: string, activities?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'leads-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const paths = { leads: join(folder, 'leads.csv'), activities: join(folder, 'activities.csv') };
  await writeFile(paths.leads, leads);
  if (activities === undefined) return { leads: paths.leads };
  await writeFile(paths.activities, activities);
  return paths;
}

describe('loading from files', () => {
  it('makes contacts with the history they had', async () => {
    const portal = createPortal({ now: NOW });
    const paths = await files(
      '\uFEFFemail,firstname,numemployees,createdate,bought\nAda@Acme.example,"Ada, née B.",25-50,2026-01-02T03:04:05Z,true\n,Nobody,,,\n',
      'email,type,at,url,form\nada@acme.example,page-view,2026-11-02T09:00:00Z,/pricing,\nada@acme.example,form-submission,2026-11-01T09:00:00Z,,Request a demo\n',
    );
    expect(await loadCsv(portal, paths)).toEqual({ leads: 2, activities: 2 });
    const ada = portal.contacts.findByEmail('ada@acme.example')!;
    expect(ada.bought).toBe(true);
    expect(portal.textOf(ada, 'firstname')).toBe('Ada, née B.');
    expect(portal.numberOf(ada, 'createdate')).toBe(Date.parse('2026-01-02T03:04:05Z'));
    expect(portal.numberOf(ada, 'lastmodifieddate')).toBe(Date.parse('2026-11-02T09:00:00Z'));
    expect(portal.textOf(ada, 'hs_analytics_last_url')).toBe('https://www.gaugeworks.example/pricing');
    expect(portal.numberOf(ada, 'recent_conversion_date')).toBe(Date.parse('2026-11-01T09:00:00Z'));
    expect(portal.forms.submissions(FORMS.demo.guid)).toHaveLength(1);
    expect(portal.views.ofContact(ada)).toHaveLength(1);
  });

  it.each([
    ['an unknown column', 'email,nonsense\na@acme.example,1\n', undefined, 'leads.csv:1 nonsense'],
    [
      'a company id',
      'email,associatedcompanyid\na@acme.example,21730000001\n',
      undefined,
      'leads.csv:1 associatedcompanyid',
    ],
    [
      'a bad value',
      'email,numemployees\na@acme.example,25-50\nb@acme.example,7\n',
      undefined,
      'leads.csv:3 numemployees',
    ],
    ['a bad address', 'email\na@acme.example\nnobody\n', undefined, 'leads.csv:3 email'],
    ['the same person twice', 'email\na@acme.example\nA@acme.example\n', undefined, 'leads.csv:3 a lead above'],
    ['a short row', 'email,city\na@acme.example,Leeds\nb@acme.example\n', undefined, 'leads.csv:3 the row'],
    [
      'an unknown type',
      'email\na@acme.example\n',
      'email,type,at,url,form\na@acme.example,dance,2026-01-01T00:00:00Z,/,\n',
      'activities.csv:2 type',
    ],
    [
      'a stranger',
      'email\na@acme.example\n',
      'email,type,at,url,form\nb@acme.example,page-view,2026-01-01T00:00:00Z,/,\n',
      'activities.csv:2 no lead',
    ],
    [
      'no time',
      'email\na@acme.example\n',
      'email,type,at,url,form\na@acme.example,page-view,yesterday,/,\n',
      'activities.csv:2 at',
    ],
    [
      'an unknown form',
      'email\na@acme.example\n',
      'email,type,at,url,form\na@acme.example,form-submission,2026-01-01T00:00:00Z,,Dance\n',
      'activities.csv:2 form',
    ],
  ])('names file and line of %s, and loads nothing', async (_, leads, activities, message) => {
    const portal = createPortal({ now: NOW });
    const loading = loadCsv(portal, await files(leads, activities));
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.not.toThrow(/acme\.example/);
    expect(portal.contacts.all).toEqual([]);
  });

  it('says when there is no such file', async () => {
    await expect(loadCsv(createPortal(), { leads: '/nowhere/leads.csv' })).rejects.toThrow(
      '/nowhere/leads.csv: there is no such file',
    );
  });
});
