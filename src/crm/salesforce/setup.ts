import type { SetupStep } from '../crm.ts';
import { fieldSteps } from './setup/field-steps.ts';
import { permissionSteps } from './setup/permission-steps.ts';
import type { SetupContext, Work } from './setup/setup-context.ts';
import { wantedFields } from './setup/wanted-fields.ts';

export type { SetupContext } from './setup/setup-context.ts';

/**
 * What `setup` would create: fields, the permission sets, what they grant, who has them.
 * @throws ConfigError where an existing field cannot hold an output, as setup never changes what others made; and where the
 *   integration user may not look at the set-up of the org.
 */
export async function planSetup(context: SetupContext): Promise<SetupStep[]> {
  return (await work(context)).map(({ apply, ...step }) => step);
}

/** Looks again at what is missing, so that doing it twice changes nothing, and does only what the steps name, in their order. */
export async function applySetup(context: SetupContext, steps: readonly SetupStep[]): Promise<void> {
  const wanted = new Set(steps.map(nameOf));
  const due = (await work(context)).filter((step) => wanted.has(nameOf(step)));
  for (const step of due) await step.apply();
}

const nameOf = ({ kind, name }: SetupStep) => `${kind} ${name}`;

async function work(context: SetupContext): Promise<Work[]> {
  const wanted = wantedFields(context.config, context.models);
  return [...(await fieldSteps(context, wanted)), ...(await permissionSteps(context))];
}
