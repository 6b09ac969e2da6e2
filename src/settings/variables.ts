import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from '../base/errors.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** All secrets: each may stand in a file instead, as container platforms mount them: HUBSPOT_TOKEN_FILE and so on. */
export const IN_FILES: readonly string[] = [
  'HUBSPOT_TOKEN',
  'HUBSPOT_WEBHOOK_SECRETS',
  'FORM_WEBHOOK_SECRETS',
  'REDIS_URL',
  'SALESFORCE_CLIENT_SECRET',
  'SALESFORCE_PRIVATE_KEY',
  'SALESFORCE_REFRESH_TOKEN',
  'SALESFORCE_WEBHOOK_SECRETS',
  'SLACK_WEBHOOK_URL',
  'SMTP_URL',
  'NOTIFY_URL',
  'NOTIFY_SECRET',
];

/** What `.env` in a folder sets; nothing where there is no such file. */
export function readDotEnv(dir: string): Variables {
  const file = join(dir, '.env');
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new ConfigError([{ file, message: `the file cannot be read (${codeOf(error)}): mend it or remove it` }]);
  }
}

/** Puts the content of each `NAME_FILE` in the place of `NAME`. Problems by `NAME`; they name the file, never its content. */
export function readSecretFiles(
  variables: Variables,
  dir: string,
): { readonly values: Variables; readonly problems: ReadonlyMap<string, string> } {
  const values: Record<string, string | undefined> = { ...variables };
  const problems = new Map<string, string>();
  for (const name of IN_FILES) {
    const file = variables[`${name}_FILE`];
    delete values[`${name}_FILE`];
    if (file === undefined || file.trim() === '') continue;
    if (variables[name]?.trim()) {
      problems.set(name, `${name} and ${name}_FILE are both set: keep one of them`);
      continue;
    }
    try {
      values[name] = readFileSync(resolve(dir, file.trim()), 'utf8')
        .replace(/^\uFEFF/, '')
        .trim();
      if (values[name] === '') problems.set(name, `${name}_FILE names an empty file, ${file}: put the secret into it`);
    } catch (error) {
      problems.set(
        name,
        `${name}_FILE names ${file}, which cannot be read (${codeOf(error)}): correct the path or the permissions`,
      );
    }
  }
  return { values, problems };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
