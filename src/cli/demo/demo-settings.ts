import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECOND } from '../../base/clock.ts';
import { ConfigError, type ConfigProblem } from '../../base/errors.ts';
import { loadSettings, type Settings } from '../../settings/settings.ts';
import type { Variables } from '../../settings/variables.ts';
import { DEMO_CRMS, type DemoCrmName } from './demo-crm.ts';

export interface DemoSettingsOptions {
  /** The config folder of the checkout. */
  readonly dir: string;
  /** Where the demo's own config folder comes. */
  readonly copy: string;
  /** The CRMs that are on, whatever `dir` says. */
  readonly crms: readonly DemoCrmName[];
  /** The variables of the demo. */
  readonly env: Variables;
  /** A folder without a `.env`: the sandboxes' own credentials must win over those of the checkout. */
  readonly workingDir: string;
}

export interface DemoSettings {
  readonly settings: Settings;
  /** The folder that was read. */
  readonly dir: string;
}

/**
 * The config of the checkout, polled more often, so that there is something to see. Where other CRMs are on there, a copy of
 * it, by which other terminals can work with the demo as well. @throws ConfigError that names the files of the checkout.
 */
export function demoSettings({ dir, copy, crms, env, workingDir }: DemoSettingsOptions): DemoSettings {
  const changed = DEMO_CRMS.flatMap((crm) => withRole(dir, crm, crms.includes(crm) ? 'both' : 'off'));
  if (changed.length > 0) cpSync(dir, copy, { recursive: true });
  for (const { name, text } of changed) writeFileSync(join(copy, name), text);
  const read = changed.length > 0 ? copy : dir;
  const inCheckout = (problem: ConfigProblem) => renamed(problem, read, dir);
  try {
    const settings = loadSettings({ env, dir: read, workingDir });
    const often = { pull_activities: { every: 5 * SECOND }, pull_leads: { every: 15 * SECOND } };
    const schedules = { ...settings.schedules, ...often };
    return { settings: { ...settings, schedules, warnings: settings.warnings.map(inCheckout) }, dir: read };
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(error.problems.map(inCheckout)) : error;
  }
}

/** What a file has when it says nothing. */
const USUAL = { hubspot: 'both', salesforce: 'off' } as const;

/** The file of a CRM with another role, on a line of its own, so that no other line moves; nothing where it has that role. */
function withRole(dir: string, crm: DemoCrmName, role: 'both' | 'off'): { name: string; text: string }[] {
  const name = `${crm}.yaml`;
  const file = join(dir, name);
  if (!existsSync(file)) {
    // Without any, loading tells that the folder is not there.
    if (role === 'off' || !existsSync(dir)) return [];
    throw new ConfigError([
      { file, message: 'there is no such file, which the demo needs: copy the one of leadgauge' },
    ]);
  }
  const text = readFileSync(file, 'utf8');
  const said = /^role:[ \t]*["']?(\w+).*$/m.exec(text);
  if ((said?.[1] ?? USUAL[crm]) === role) return [];
  const line = `role: ${role}`;
  return [{ name, text: said === null ? `${text.trimEnd()}\n${line}\n` : text.replace(said[0], line) }];
}

/** Whatever is said of the copy is said of the folder that people know. */
function renamed({ file, message, ...place }: ConfigProblem, read: string, dir: string): ConfigProblem {
  const told = file?.replace(read, dir);
  return { ...place, ...(told !== undefined && { file: told }), message: message.replaceAll(read, dir) };
}
