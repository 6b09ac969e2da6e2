import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { SoqlError } from './soql-error.ts';

const LONGEST = 100_000;

/** @throws SoqlError MALFORMED_QUERY for what is no SOQL */
export function parse(soql: string): Query {
  if (soql.length > LONGEST) {
    throw new SoqlError('MALFORMED_QUERY', `SOQL statements cannot be longer than ${LONGEST} characters.`);
  }
  try {
    return parseQuery(soql);
  } catch (error) {
    throw new SoqlError('MALFORMED_QUERY', error instanceof Error ? error.message : 'unexpected token');
  }
}
