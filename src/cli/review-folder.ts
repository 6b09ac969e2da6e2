import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, messageOf } from '../base/errors.ts';
import { requireReviewWritable } from './review-files.ts';

/** Makes the folder where it is missing. @throws ConfigError where no review can be written to it. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    requireReviewWritable({ html: join(folder, 'review.html'), json: join(folder, 'review.json') });
  } catch (error) {
    throw new ConfigError(closedText(folder, messageOf(error)));
  }
}

/** The same for whoever wants to know long before: makes nothing. Undefined where a review can be written there. */
export function folderProblem(folder: string): string | undefined {
  const there = nearest(resolve(folder));
  try {
    if (!statSync(there).isDirectory()) return closedText(folder, `${there} is no folder`);
    accessSync(there, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return closedText(folder, messageOf(error));
  }
}

/** The folder itself, or what of its path is there already. */
function nearest(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearest(parent);
}

const closedText = (folder: string, why: string) =>
  `no review can be written to ${folder}: ${why}: name another folder under "review" in config/schedules.yaml, in a container one that is mounted, such as /data/reviews`;
