import { z } from 'zod';

/** A property's internal name, as HubSpot shows it under "Internal name" in the settings of the property. */
export const propertyName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,99}$/, {
    error: 'write the internal name of a HubSpot property: small letters, digits and _, starting with a letter',
  })
  .meta({ description: 'The internal name of a HubSpot contact property, such as jobtitle.' });
