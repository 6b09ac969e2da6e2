import { describe, expect, it } from 'vitest';
import { findColumn, findColumns } from '../../../../src/analysis/table/find-columns.ts';
import { readTable } from '../../../../src/analysis/table/table.ts';
import { givenFile } from './given-table.ts';

const cellsOf = async (text: string, column: string) => {
  const { codes, written } = findColumn(await readTable(givenFile(text)), column);
  return [...codes].map((code) => written[code]);
};

describe('a table of leads', () => {
  it.each([
    ['commas', 'Name,Lead Source\nAda,Web\nTim,Fair\n'],
    ['semicolons, as in Europe', 'Name;Lead Source\nAda;Web\nTim;Fair'],
    ['tabs', 'Name\tLead Source\nAda\tWeb\nTim\tFair'],
    ['commas within quoted names', '"Name, first";"Lead Source"\n"Ada, Lady";Web\nTim;Fair'],
    ['a mark of its encoding and line ends of Windows', '\uFEFFName,Lead Source\r\nAda,Web\r\n\r\nTim,Fair\r\n'],
    ['a quote within a cell', 'Name,Lead Source\n5" Ada,Web\nTim, Fair \n'],
    ['cells of several lines', 'Name,Lead Source\n"Ada\nLady",Web\nTim,Fair'],
    ['an end of the header that nobody named', 'Name,Lead Source,\nAda,Web,\nTim,Fair\n'],
  ])('is read with %s', async (_, text) => {
    expect(await cellsOf(text, 'lead source')).toEqual(['Web', 'Fair']);
  });

  it('keeps values apart only by what a model compares', async () => {
    const { columns } = await readTable(givenFile('Name,Source\nA,Web\nB, web\nC,WEB\n'));
    expect(columns[1]).toMatchObject({ name: 'Source', field: 'source', values: ['', 'web'], written: ['', 'Web'] });
  });

  it('leaves out rows that have not the cells of the header, and counts them', async () => {
    const { rows, uneven } = await readTable(givenFile('a,b\n1,2\n1\n1,2,3\n3,4,\n'));
    expect({ rows, uneven }).toEqual({ rows: 2, uneven: 2 });
  });

  it('calls columns as a model would, each by a name of its own', async () => {
    const { columns } = await readTable(givenFile('Job title,Job-Title?,2nd mail,Größe (m²)\n,,,1\n'));
    expect(columns.map(({ field }) => field)).toEqual(['job_title', 'job_title_2', 'column_3', 'grosse_m2']);
  });

  it.each([
    ['no text', 'a,b\n1,\u0000\n', 'no UTF-8 text'],
    ['a workbook', 'PK\u0003\u0004', 'workbook'],
    ['nothing', '', 'no rows'],
    ['a header alone', 'a,b\n', 'no rows'],
    ['one column', 'a\n1\n', 'no header'],
    ['two columns of one name', 'a,b,a\n1,2,3\n', 'two columns "a"'],
    ['quotes that nobody closed', 'a,b\n1,2\n"3,4\n5,6\n', 'its quotes do not match, in row 3 or after it'],
  ])('is refused where it is %s', async (_, text, message) => {
    await expect(readTable(givenFile(text))).rejects.toThrow(message);
  });

  it('of many rows tells how far it is, and stops when it is told to', async () => {
    const file = givenFile(`a,b\n${'1,2\n'.repeat(12_000)}`);
    const news: number[] = [];
    await readTable(file, { onRows: (rows) => news.push(rows) });
    expect(news).toEqual([5_000, 10_000]);
    await expect(readTable(file, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});

describe('columns', () => {
  it('are named one by one or by how they begin, and the nearest name is told of one that is not there', async () => {
    const table = await readTable(givenFile('Last Call,Last Mail,Tags\n,,\n'));
    expect(findColumns(table, ['last*', 'TAGS', 'Tags']).map(({ name }) => name)).toEqual([
      'Last Call',
      'Last Mail',
      'Tags',
    ]);
    expect(() => findColumns(table, ['Tgas'])).toThrow('there is no column "Tgas": did you mean "Tags"?');
    expect(() => findColumns(table, ['First*'])).toThrow('no column begins with "first"');
  });
});
