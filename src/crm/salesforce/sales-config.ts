import { z } from 'zod';
import { fieldName } from './field-names.ts';
import { campaignName } from './streams-config.ts';

const rule = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write the id of a nurture rule as the model has it, such as content',
});

/** Into which campaign a nurture rule puts leads: the rule, then the campaign. */
export const nurtureSchema = z
  .record(rule, z.strictObject({ campaign: campaignName }))
  .default({})
  .meta({
    description:
      "The campaigns of the model's nurture rules: who is routed by one becomes a member of its campaign, with the status that new members have there. A rule that is left out sets the field alone.",
    examples: [{ content: { campaign: 'Nurture: content' } }],
  });

const words = (what: string, example: string) =>
  z
    .array(z.string().trim().min(1).max(255))
    .max(50)
    .default([])
    .meta({ description: `The values by which sales say ${what}.`, examples: [[example]] });

/** The keys of `sales_status` that hold values. */
export const STATUS_KEYS = ['working', 'not_now', 'rejected'] as const;

/** By which field sales say what they make of a lead, and in which words. */
export const salesStatusSchema = z
  .union([
    z.literal('off'),
    z
      .strictObject({
        lead: fieldName.default('Status').meta({ description: 'The field of leads.' }),
        contact: fieldName.optional().meta({
          description: 'The field of contacts, which have no status of their own. Left out, contacts say nothing.',
        }),
        working: words('that they work the lead: it is theirs, and its follow-up is done', 'Working - Contacted'),
        not_now: words('not now: the lead goes back to marketing', 'Nurturing'),
        rejected: words('that the lead is none for them: it goes back to marketing', 'Closed - Not Converted'),
        reason: z
          .strictObject({
            lead: fieldName.optional().meta({ description: 'The picklist of leads.', examples: ['Reject_Reason__c'] }),
            contact: fieldName
              .optional()
              .meta({ description: 'The picklist of contacts.', examples: ['Reject_Reason__c'] }),
          })
          .default({})
          .meta({
            description:
              'The picklists in which sales say why they gave a lead back: leadgauge review counts their values. Left out, none is asked for.',
          }),
      })
      .superRefine((status, context) => {
        const all = STATUS_KEYS.flatMap((key) => status[key].map((value, index) => ({ key, value, index })));
        const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
        if (all.length === 0) problem([], 'name at least one value under working, not_now or rejected');
        for (const [place, { key, value, index }] of all.entries()) {
          const first = all.slice(0, place).find((other) => other.value === value);
          if (first === undefined) continue;
          problem([key, index], `"${value}" is already under ${first.key}: a value says one thing`);
        }
      }),
  ])
  .default('off')
  .meta({
    description:
      "What sales say of a lead by a status of theirs: values of the org's own picklists. Or off: leadgauge goes by the stage and by what sales do.",
    examples: [{ lead: 'Status', working: ['Working - Contacted'], rejected: ['Closed - Not Converted'] }],
  });

interface Own {
  readonly lead_status?: { readonly mql: string } | undefined;
  readonly rating?: { readonly mql: string } | undefined;
  readonly sales_status: z.output<typeof salesStatusSchema>;
}

/** What leadgauge sets itself, together with the stage MQL, would look as if sales had said it. */
export function ownWords({ lead_status, rating, sales_status }: Own): { path: PropertyKey[]; message: string }[] {
  if (sales_status === 'off') return [];
  const sets = new Map([
    ['status', lead_status?.mql],
    ['rating', rating?.mql],
  ]);
  const own = sets.get(sales_status.lead.toLowerCase());
  if (own === undefined) return [];
  const message = `"${own}" is what leadgauge itself sets with the stage MQL: it would look as if sales had said so`;
  return STATUS_KEYS.flatMap((key) => {
    const place = sales_status[key].indexOf(own);
    return place === -1 ? [] : [{ path: ['sales_status', key, place], message }];
  });
}
