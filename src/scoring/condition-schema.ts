import { z } from 'zod';
import { ACTIVITY_TYPES, type ActivityType } from '../leads/activity.ts';
import { type OperatorName, type OperatorValues, operatorNames, operators } from './operators.ts';

/**
 * A condition as YAML has it. Every key is optional here, so that an editor offers all of them and an unknown one is
 * named with its nearest neighbour; `compile-condition.ts` says which belong together.
 */
export type ConditionSource = Partial<OperatorValues> & {
  readonly all?: readonly ConditionSource[] | undefined;
  readonly any?: readonly ConditionSource[] | undefined;
  readonly not?: ConditionSource | undefined;
  readonly field?: string | undefined;
  readonly activity?: ActivityType | undefined;
  readonly form?: readonly string[] | undefined;
  readonly url?: readonly string[] | undefined;
  readonly name?: readonly string[] | undefined;
};

/** The name of a field, as in the connection's config. */
export const fieldName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'a field is named in lower case with _ between words, such as job_title');

const oneOrMore = z
  .union([z.string().trim().min(1), z.array(z.string().trim().min(1)).min(1)])
  .transform((value): readonly string[] => [value].flat());

export const conditionSchema: z.ZodType<ConditionSource> = z
  .strictObject({
    get all(): z.ZodOptional<z.ZodArray<z.ZodType<ConditionSource>>> {
      return z.array(conditionSchema).min(1).optional().describe('Each of these conditions must hold.');
    },
    get any(): z.ZodOptional<z.ZodArray<z.ZodType<ConditionSource>>> {
      return z.array(conditionSchema).min(1).optional().describe('At least one of these conditions must hold.');
    },
    get not(): z.ZodOptional<z.ZodType<ConditionSource>> {
      return conditionSchema
        .optional()
        .describe('This condition must not hold. A missing field makes a condition not hold.');
    },
    field: fieldName
      .optional()
      .describe(
        'The field of the lead that is asked about, by its name in the connection’s config, such as job_title.',
      ),
    ...optionalOperators(),
    activity: z.enum(ACTIVITY_TYPES).optional().describe('Something that the person did.'),
    form: oneOrMore.optional().describe('With form-submission: the form, or one of the forms, by its key in config.'),
    url: oneOrMore
      .optional()
      .describe(
        'With an activity on a page: its path, such as /pricing*, or several. * stands for anything, slashes included; host and query do not matter.',
      ),
    name: oneOrMore
      .optional()
      .describe('With an activity: the name, or one of the names, of what it was done to, such as an e-mail.'),
  })
  .meta({
    id: 'condition',
    description: 'When something holds: a question about a field or an activity, or several of them combined.',
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
