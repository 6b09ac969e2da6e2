import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROLES = { 'hubspot.yaml': 'off', 'salesforce.yaml': 'both' };

/** Makes a copy of a config folder in which Salesforce is the one CRM that is on; all else is as it was. Returns where it is. */
export async function salesforceAlone(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  for (const [name, role] of Object.entries(ROLES)) {
    const file = join(to, name);
    const text = await readFile(file, 'utf8');
    const written = text.replace(/^role: .*$/m, `role: ${role}`);
    if (!written.includes(`\nrole: ${role}\n`)) throw new Error(`${name} has no role`);
    await writeFile(file, written);
  }
  return to;
}
