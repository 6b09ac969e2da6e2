import { open } from 'node:fs/promises';
import { ConfigError } from '../../base/errors.ts';

const LENGTH = 65_536;

/**
 * The first lines of a text file, to tell what parts its cells. @throws ConfigError where there is no such file, or what begins so is no
 * CSV: then it would be read as one strange row.
 */
export async function beginningOf(file: string): Promise<string> {
  const fail = (message: string) => new ConfigError([{ file, message }]);
  const handle = await open(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw fail(code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`);
  });
  try {
    if ((await handle.stat()).isDirectory()) throw fail('this is a folder, not a file');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LENGTH), 0, LENGTH, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
      throw fail('this is a workbook or an archive, not a CSV file: save it as "CSV UTF-8" in your spreadsheet');
    }
    // Text of two bytes a letter has them everywhere.
    if (bytes.includes(0)) throw fail('the file is no UTF-8 text: save it as "CSV UTF-8" in your spreadsheet');
    return bytes.toString('utf8');
  } finally {
    await handle.close();
  }
}
