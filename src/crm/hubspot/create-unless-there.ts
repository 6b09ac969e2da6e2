import { ConfigError } from '../../base/errors.ts';
import { RefusedError } from './refusal.ts';

/** Another process may have been faster. A deleted property keeps its name for a while, and only a person can restore it. */
export async function createUnlessThere(
  name: string,
  create: () => Promise<void>,
  listNames: () => Promise<string[]>,
): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 409) throw error;
    if ((await listNames()).includes(name)) return;
    throw new ConfigError(
      `HubSpot keeps the name ${name} for something deleted: restore it under Settings, Properties, Archived properties, or choose another name, and run "leadgauge setup" again`,
    );
  }
}
