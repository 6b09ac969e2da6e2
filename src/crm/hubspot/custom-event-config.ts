import { z } from 'zod';

/** What a custom event may count as in a model: itself, or something that models know already. */
export const CUSTOM_EVENT_TYPES = ['custom-event', 'tool-use', 'download', 'visit', 'page-click'] as const;

const eventName = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,200}$/i, {
    error: 'write the internal name of a HubSpot event, such as pe123456_trial_started',
  })
  .meta({
    description:
      'The internal name of a custom event: pe, the id of the portal and the name, such as pe123456_trial_started.',
  });

const eventKey = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
  error: 'write a key of a custom event in small letters and digits, with - between words, such as trial-started',
});

const whole = z.strictObject({
  event: eventName,
  as: z
    .enum(CUSTOM_EVENT_TYPES)
    .default('custom-event')
    .meta({ description: 'As which activity models ask for it; its name is our key.' }),
  minutes: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'The property of the event that says how many minutes it took, if one does.' }),
});

/** The custom events that are read: our key, then the event, alone or with what it counts as. */
export const customEventsSchema = z
  .record(
    eventKey,
    z.union([eventName.transform((event) => ({ event, as: 'custom-event' as const, minutes: undefined })), whole]),
  )
  .default({})
  .meta({
    description:
      'Custom events of the portal that are scored (needs an Enterprise edition): our key, then the internal name of the event.',
    examples: [
      { 'trial-started': 'pe123456_trial_started', configurator: { event: 'pe123456_configured', as: 'tool-use' } },
    ],
  });

export type CustomEvent = z.output<typeof whole>;
