import { z } from 'zod';
import { propertyName } from './property-name.ts';

const stage = z.string().min(1);

/** Under `lifecycle` in `config/hubspot.yaml`. */
export const lifecycleSchema = z
  .union([
    z.literal('off'),
    z.strictObject({
      property: propertyName
        .default('lifecyclestage')
        .meta({ description: 'The property that holds the lifecycle stage.' }),
      lead: stage.optional().meta({
        description:
          'The internal value of the stage of a lead, such as lead: whoever stands before it is moved to it once the model says so. Left out, nobody is.',
        examples: ['lead'],
      }),
      mql: stage.default('marketingqualifiedlead').meta({
        description:
          'The internal value of the stage that means MQL. Leads are moved forward to it, and back from it only as the model recycles them.',
      }),
    }),
  ])
  .default('off')
  .meta({
    description: 'The lifecycle stage that a lead is moved to once it is an MQL, or off to leave the stage alone.',
  });

const words = (what: string) => z.array(z.string().trim().min(1)).default([]).meta({ description: what });

/** Under `sales_status`. */
export const salesStatusSchema = z
  .union([
    z.literal('off'),
    z.strictObject({
      property: propertyName
        .default('hs_lead_status')
        .meta({ description: 'The property in which sales say how they stand with a lead.' }),
      working: words(
        'The internal values that mean that sales work the lead: it is neither given back nor reminded of.',
      ),
      not_now: words('The internal values that mean "not now": the lead goes back to marketing.'),
      rejected: words('The internal values that mean that the lead is none: it goes back to marketing.'),
      reason: propertyName.optional().meta({
        description:
          'The property in which sales say why they gave a lead back, with a fixed list of values: leadgauge review counts them. Left out, none is asked for.',
        examples: ['reject_reason'],
      }),
    }),
  ])
  .default('off')
  .meta({
    description: 'What sales say of a lead by a status that they set, or off where they set none.',
    examples: [{ working: ['IN_PROGRESS', 'CONNECTED'], not_now: ['BAD_TIMING'], rejected: ['UNQUALIFIED'] }],
  });
export type SalesStatus = z.output<typeof salesStatusSchema>;

const rule = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write the id of a nurture rule of a model: small letters and digits, with - between words, such as content',
});

/** Under `nurture`. */
export const nurtureSchema = z
  .record(
    rule,
    z.strictObject({
      list: z.string().trim().min(1).meta({
        description:
          'The exact name of a static list of contacts, or its id: whoever is routed by this rule is put on it.',
      }),
    }),
  )
  .default({})
  .meta({
    description:
      'Nurture rules of the models whose contacts are put on a static list as well, for workflows that start from it: the id of the rule, then the list.',
    examples: [{ content: { list: 'Nurture: content' } }],
  });
