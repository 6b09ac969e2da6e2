import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Polled so often that there is rest in between, and that an hour is worth a day; the sweep of the night comes six times a minute. */
const SCHEDULES = `pull_leads: { every: 10s }
pull_activities: { every: 10s }
hot_poll: { every: 10s }
pull_related: { every: 10s }
pull_lists: { every: 30s }
score: { every: 15s }
due: { every: 15s }
follow_up: { every: 15s }
notices: { every: 15s }
digest: { every: 60s }
accounts: { every: 15s }
sweep: { every: 10s }
# It would mend what others missed.
refresh: off
review: off
`;

/** The jobs that look for what changed, each of which must have looked once before the world is at rest. */
export const LOOKING = ['pull-leads', 'pull-activities', 'hot-poll', 'pull-related', 'sweep', 'due', 'follow-up'];

/** A copy of the config that is shipped, with both CRMs on, and as many demo requests an hour as come. Returns where it is. */
export async function soakConfig(folder: string): Promise<string> {
  const config = join(folder, 'config');
  await cp('config', config, { recursive: true });
  await writeFile(join(config, 'schedules.yaml'), SCHEDULES);
  await replace(join(config, 'hubspot.yaml'), /^role: .*$/m, 'role: both');
  await replace(join(config, 'salesforce.yaml'), /^role: .*$/m, 'role: both');
  await replace(join(config, 'sales.yaml'), /^ceiling: .*$/m, 'ceiling: off');
  return config;
}

async function replace(file: string, what: RegExp, line: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!what.test(text)) throw new Error(`${file} has no line ${String(what)}`);
  await writeFile(file, text.replace(what, line));
}
