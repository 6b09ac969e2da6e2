import { type Config, loadConfig } from './config.ts';
import { type Environment, readEnvironment } from './environment.ts';
import type { Variables } from './variables.ts';

/** Everything that people set: what the machine says, and what `config/` says. */
export interface Settings extends Config {
  readonly environment: Environment;
}

export interface SettingsOptions {
  /** Such as `process.env`. */
  readonly env: Variables;
  /** The config folder; LEADGAUGE_CONFIG, or else `config`, when left out. */
  readonly dir?: string;
  /** Where `.env` may be; the working directory when left out. */
  readonly workingDir?: string;
}

/** @throws ConfigError with all that cannot be used and what to do about it; never with the value of a secret. */
export function loadSettings({ env, dir, workingDir }: SettingsOptions): Settings {
  const environment = readEnvironment(env, workingDir);
  return { environment, ...loadConfig(dir ?? environment.configDir) };
}
