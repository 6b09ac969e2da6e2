import { z } from 'zod';
import { duration } from '../base/duration.ts';
import { ACTIVITY_TYPES, type ActivityType } from '../leads/activity.ts';
import { asWord } from './model-words.ts';
import { type OperatorName, type OperatorValues, operatorNames, operators } from './operators.ts';
import { key } from './schema-key.ts';

/**
 * A condition as YAML has it. Every key is optional here, so that an editor offers all of them and an unknown one is
 * named with its nearest neighbour; `condition-head.ts` says which belong together.
 */
export type ConditionSource = Partial<OperatorValues> & {
  readonly all?: readonly ConditionSource[] | undefined;
  readonly any?: readonly ConditionSource[] | undefined;
  readonly not?: ConditionSource | undefined;
  readonly field?: string | undefined;
  readonly persona?: readonly string[] | undefined;
  readonly activity?: ActivityType | undefined;
  readonly form?: readonly string[] | undefined;
  readonly url?: readonly string[] | undefined;
  readonly name?: readonly string[] | undefined;
  /** In milliseconds. */
  readonly inactive_for?: number | undefined;
};

/** The name of a field, as in the connection's config. */
export const fieldName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, {
  error: ({ input }) =>
    `a field is named in lower case with _ between words, such as ${asWord(input, '_') ?? 'job_title'}`,
});

const oneOrMore = z
  .union([z.string().trim().min(1), z.array(z.string().trim().min(1)).min(1)])
  .transform((value): readonly string[] => [value].flat());

const several = () => z.array(conditionSchema).min(1).optional();

export const conditionSchema: z.ZodType<ConditionSource> = z
  .strictObject(
    {
      get all(): z.ZodOptional<z.ZodArray<z.ZodType<ConditionSource>>> {
        return key(several(), 'Each of these conditions must hold.', [
          { field: 'country', country: 'dach' },
          { field: 'employees', at_least: 50 },
        ]);
      },
      get any(): z.ZodOptional<z.ZodArray<z.ZodType<ConditionSource>>> {
        return key(several(), 'At least one of these conditions must hold.', [
          { field: 'email', in_list: 'target-accounts' },
          { field: 'website', in_list: 'target-accounts' },
        ]);
      },
      get not(): z.ZodOptional<z.ZodType<ConditionSource>> {
        return key(
          conditionSchema.optional(),
          'This condition must not hold. A missing field makes a condition not hold.',
          { field: 'email', domain: 'personal' },
        );
      },
      field: key(
        fieldName.optional(),
        'The field of the lead that is asked about, by its name in the connection’s config, such as job_title.',
        'job_title',
      ),
      ...optionalOperators(),
      persona: key(oneOrMore.optional(), 'The lead is of this persona, or of one of these.', 'engineer', [
        'engineer',
        'buyer',
      ]),
      activity: key(z.enum(ACTIVITY_TYPES).optional(), 'Something that the person did.', 'page-view'),
      form: key(
        oneOrMore.optional(),
        'With form-submission: the form, or one of the forms, by its key in config.',
        'demo-request',
        ['demo-request', 'contact-sales'],
      ),
      url: key(
        oneOrMore.optional(),
        'With an activity on a page: its path, such as /pricing*, or several. * stands for anything, slashes included; host and query do not matter.',
        '/pricing*',
        ['/pricing*', '/plans'],
      ),
      name: key(
        oneOrMore.optional(),
        'With an activity: the name, or one of the names, of what it was done to, such as an e-mail, a file or an event.',
        'ROI calculator',
        ['ROI calculator', 'Savings calculator'],
      ),
      inactive_for: key(
        duration.optional(),
        'Under engagement: nothing at all was done for this long, counted from the last activity or from when the lead was created.',
        '30d',
      ),
    },
    {
      error: ({ code, input }) =>
        code === 'invalid_type' && Array.isArray(input)
          ? 'this is a list: several conditions stand under "all" or "any"'
          : undefined,
    },
  )
  .meta({
    id: 'condition',
    description:
      'When something holds: a question about a field, a persona or an activity, or several of them combined.',
    examples: [{ field: 'employees', at_least: 50 }],
  });

type OptionalOperators = { [Name in OperatorName]: z.ZodOptional<z.ZodType<OperatorValues[Name]>> };

function optionalOperators(): OptionalOperators {
  const shape = Object.fromEntries(operatorNames.map((name) => [name, z.optional(operators[name].schema)]));
  if (!holdsAll(shape)) throw new TypeError('an operator has no schema');
  return shape;
}

function holdsAll(shape: Readonly<Record<string, z.ZodType>>): shape is OptionalOperators {
  return operatorNames.every((name) => Object.hasOwn(shape, name));
}
