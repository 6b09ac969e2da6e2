import { type Answer, invalid, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Submission } from '../portal/forms.ts';
import type { Portal } from '../portal/portal.ts';
import { formAnswer } from './form-answer.ts';
import { readLimit } from './read-body.ts';

const FORM_TYPES = ['hubspot', 'captured', 'flow', 'blog_comment'];

/** Forms and what was sent through them. https://developers.hubspot.com/docs/api-reference/marketing-forms-v3/guide */
export function formRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'GET',
      template: '/marketing/forms/{version}',
      kind: 'setup',
      scopes: ['forms'],
      handle: ({ query }) => list(portal, query),
    },
    {
      method: 'GET',
      template: '/marketing/forms/{version}/{guid}',
      kind: 'setup',
      scopes: ['forms'],
      handle: ({ params }) => {
        const form = portal.forms.all().find(({ guid }) => guid === params.guid);
        if (form === undefined) throw notFound(`No form with id ${params.guid}`);
        return { status: 200, body: formAnswer(form) };
      },
    },
    {
      method: 'GET',
      // Version 1, and none of a later date is known.
      template: '/form-integrations/v1/submissions/forms/{guid}',
      kind: 'activity',
      scopes: ['forms'],
      handle: (call) => submissions(portal, call),
    },
  ];
}

function list(portal: Portal, query: URLSearchParams): Answer {
  const limit = readLimit(query, { standard: 50, most: 500 });
  const asked = query.getAll('formTypes').flatMap((types) => types.split(','));
  const types = asked.length === 0 ? ['hubspot'] : asked.includes('all') ? FORM_TYPES : asked;
  const unknown = types.find((type) => !FORM_TYPES.includes(type));
  if (unknown !== undefined) throw invalid(`Invalid form type ${unknown}`);
  // The sandbox archives no form.
  const all = query.get('archived') === 'true' ? [] : portal.forms.all();
  const forms = all.filter(({ formType }) => types.includes(formType));
  const after = query.get('after');
  const from = after === null ? 0 : forms.findIndex(({ guid }) => cursor(guid) === after) + 1;
  if (after !== null && from === 0) throw invalid('The after parameter is not the one of a page of this list.');
  const page = forms.slice(from, from + limit);
  const last = page.at(-1);
  const more = last !== undefined && from + limit < forms.length;
  return {
    status: 200,
    body: {
      results: page.map(formAnswer),
      ...(more ? { paging: { next: { after: cursor(last.guid) } } } : {}),
    },
  };
}

function submissions(portal: Portal, { params, query }: Call): Answer {
  const form = portal.forms.all().find(({ guid }) => guid === params.guid);
  if (form === undefined) throw notFound(`No form found with guid '${params.guid}'`);
  const limit = readLimit(query, { standard: 20, most: 50 });
  const after = query.get('after');
  const { page, more } = portal.forms.page(form.guid, after === null ? undefined : readCursor(after), limit);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      results: page.map(submissionAnswer),
      ...(more && last !== undefined ? { paging: { next: { after: cursor(`${last.at}:${last.number}`) } } } : {}),
    },
  };
}

function submissionAnswer({ conversionId, at, pageUrl, values }: Submission) {
  return {
    conversionId,
    submittedAt: at,
    values: values.map(([name, value]) => ({ name, value, objectTypeId: '0-1' })),
    pageUrl,
  };
}

function cursor(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function readCursor(after: string): { at: number; number: number } {
  const [at, number] = Buffer.from(after, 'base64url').toString().split(':').map(Number);
  if (at === undefined || number === undefined || !Number.isFinite(at) || !Number.isFinite(number)) {
    throw invalid('The after parameter is not the one of a page of these submissions.');
  }
  return { at, number };
}
