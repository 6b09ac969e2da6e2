import { isSalesforceId } from './record-id.ts';

/**
 * The text as a SOQL string, with its quotes: whatever it holds, it stays one string.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
 */
export function literal(text: string): string {
  return `'${text.replace(/[\\'\n\r\t\b\f]/g, (sign) => ESCAPES[sign] ?? sign)}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A date-time in SOQL, from milliseconds since 1970. Rounded down: Salesforce keeps whole seconds. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Ids in brackets, as `IN` wants them: `WHERE Id IN ${oneOf(ids)}`.
 * @throws TypeError where there is none, or one that cannot be an id.
 */
export function oneOf(ids: readonly string[]): string {
  const strange = ids.find((id) => !isSalesforceId(id));
  if (strange !== undefined) throw new TypeError('a text that is no Salesforce id was to go into a query');
  return list(ids.map((id) => `'${id}'`));
}

/** Texts in brackets, as `IN` wants them: `WHERE Email IN ${oneOfTexts(emails)}`. @throws TypeError where there is none. */
export function oneOfTexts(texts: readonly string[]): string {
  return list(texts.map(literal));
}

function list(items: readonly string[]): string {
  if (items.length === 0) throw new TypeError('a query for one of nothing was asked for: leave it out');
  return `(${items.join(',')})`;
}
