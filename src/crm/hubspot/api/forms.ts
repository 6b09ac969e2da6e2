import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, paging, rowsOf } from './shapes.ts';

const text = z.string().nullish().catch(undefined);
const formSchema = z.object({
  id: z.string(),
  // A form that HubSpot found on a page may have none.
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
  formType: text,
  createdAt: text,
});
const formsSchema = z.object({ results: rowsOf(formSchema), paging });
export type Form = z.output<typeof formSchema>;

/**
 * Every form of the portal that was not deleted, of all types: of HubSpot's editor, found on the company's own pages (captured),
 * pop-ups (flow), comments of blogs. Without `formTypes=all` only the first come.
 * https://developers.hubspot.com/docs/api-reference/marketing-forms-v3/forms/get-marketing-v3-forms-
 */
export async function listForms(transport: Transport): Promise<Form[]> {
  const forms: Form[] = [];
  let next: string | undefined;
  do {
    const page = await listFormsPage(transport, next);
    forms.push(...page.forms);
    next = page.next === next ? undefined : page.next;
  } while (next !== undefined);
  return forms;
}

async function listFormsPage(
  transport: Transport,
  cursor: string | undefined,
): Promise<{ forms: Form[]; next: string | undefined }> {
  const query = { limit: '100', formTypes: 'all', ...after(cursor) };
  const answer = await transport.call({ kind: 'setup', method: 'GET', path: PATHS.forms, query, schema: formsSchema });
  return { forms: answer.results.rows, next: answer.paging?.next?.after };
}

const submissionSchema = z.object({
  conversionId: z.string().min(1).optional().catch(undefined),
  submittedAt: z.number(),
  values: z.array(z.object({ name: z.string(), value: z.unknown(), objectTypeId: text })).nullish(),
  pageUrl: z.string().nullish().catch(undefined),
});
export type Submission = z.output<typeof submissionSchema>;
const submissionsSchema = z.object({ results: rowsOf(submissionSchema), paging });

/** As many submissions as one call gives. */
const SUBMISSIONS = 50;

/**
 * A page of a form's submissions, newest first; there is no way to ask for a time. `odd`: how many were left out, as they
 * could not be read.
 * https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v1/get-form-integrations-v1-submissions-forms-form_guid
 */
export async function listSubmissions(
  transport: Transport,
  form: { readonly id: string; readonly after: string | undefined; readonly limit?: number },
  options?: CallOptions,
): Promise<{ submissions: Submission[]; odd: number; next: string | undefined }> {
  const path = `${PATHS.formSubmissions}/${encodeURIComponent(form.id)}`;
  const query = { limit: String(form.limit ?? SUBMISSIONS), ...after(form.after) };
  const answer = await transport.call(
    { kind: 'activity', method: 'GET', path, query, schema: submissionsSchema },
    options,
  );
  return { submissions: answer.results.rows, odd: answer.results.odd, next: answer.paging?.next?.after };
}
