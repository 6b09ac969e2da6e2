import { systemClock } from '../base/clock.ts';
import { createLog } from '../base/log.ts';
import type { ActivityType } from '../leads/activity.ts';
import { loadSettings } from '../settings/settings.ts';
import type { Io } from './io.ts';
import { type App, openApp } from './open-app.ts';
import { tellLeftOut, tellWarnings } from './tell-warnings.ts';

export interface WithAppOptions {
  /** The command has its own way to tell what is likely wrong in config, and which ways to tell sales cannot be used. */
  readonly tellsWarnings?: boolean;
  /** Types of activity that are read as well, whatever models ask for. */
  readonly alsoAsked?: readonly ActivityType[];
}

/** Opens the app as the environment and `config/` say, does the work, which tells sales nothing, and closes it whatever comes. */
export async function withApp<Result>(
  io: Io,
  work: (app: App) => Promise<Result>,
  { tellsWarnings = false, alsoAsked = [] }: WithAppOptions = {},
): Promise<Result> {
  const settings = loadSettings({ env: io.env });
  if (!tellsWarnings) {
    tellWarnings(settings, io);
    tellLeftOut(settings, io);
  }
  const { logLevel, production } = settings.environment;
  const log = createLog({ level: logLevel, json: production });
  const { PATH: path } = io.env;
  const own = { clock: systemClock, log, random: Math.random, path };
  const app = await openApp({ settings, ...own, sendsNothing: true, alsoAsked });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
