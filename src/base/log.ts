import winston from 'winston';

/** What rooms log through: a plain sentence and a few facts, never a request, a response or an error object whole. */
export interface Log {
  debug(message: string, details?: LogDetails): void;
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
}

export type LogDetails = Readonly<Record<string, string | number | boolean | undefined>>;

export interface LogOptions {
  readonly level: string;
  /** One JSON object a line, for a log collector; otherwise plain lines. */
  readonly json: boolean;
}

/** Everything goes to standard error: standard output belongs to what a command was asked for. */
export function createLog({ level, json }: LogOptions): Log {
  const { combine, timestamp, printf } = winston.format;
  const shape = json
    ? combine(redact(), timestamp(), winston.format.json())
    : combine(redact(), timestamp({ format: 'HH:mm:ss' }), printf(plainLine));
  return winston.createLogger({
    level,
    format: shape,
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  });
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The first format of all, so that no later one ever sees what must not be seen. */
const redact = winston.format((info) => {
  for (const [key, value] of Object.entries(info)) {
    if (typeof value === 'string') info[key] = redactText(value);
  }
  return info;
});

/** Takes e-mail addresses and credentials out of a text. */
export function redactText(text: string): string {
  const open = text.replace(SIGNED_IN, '$1');
  return withoutTokens(open.replace(PIECE, (piece) => (hasAddress(piece) ? '[e-mail]' : piece)));
}

/** The same of a message about config or the environment: addresses at example.com, by which it says what to write, are nobody's and stay. */
export function redactAdvice(text: string): string {
  return withoutTokens(
    text.replace(PIECE, (piece) => (hasAddress(piece) && !AN_EXAMPLE.test(piece) ? '[e-mail]' : piece)),
  );
}

/** What none of the signs parts that stand around addresses. One pattern for a whole address would take minutes over a long text. */
const PIECE = /[^\s<>"'(),;:]+/g;

/** Whether there is something before an at sign, and after it something with a dot within. */
function hasAddress(piece: string): boolean {
  const at = piece.search(/(?<=[^@])(?:@|%40)/i);
  if (at < 0) return false;
  const dot = piece.indexOf('.', at + 2);
  return dot > 0 && dot < piece.length - 1;
}

/** https://www.rfc-editor.org/rfc/rfc2606#section-3; a full stop may end the sentence. */
const AN_EXAMPLE = /^[^%@]+@(?:[a-z0-9-]+\.)*example\.(?:com|net|org)\.?$/i;

/** Who signs in by an address, such as that of Redis or of a mail server, and the password. A password may hold an at sign. */
const SIGNED_IN = /(:\/\/)[^\s/?#]{1,500}@/g;

/** What each kind of credential begins with, and is known by wherever it strays. */
const TOKENS = [
  // HubSpot's own, and what stands in a header for any.
  /\b(?:pat-|Bearer\s{1,9})[\w.!~+/=-]{8,}/gi,
  // Salesforce: a session, a refresh token, an assertion.
  /\b00D[A-Za-z0-9]{12,15}![\w.]{8,}/g,
  /\b5Aep[\w.]{20,}/g,
  /\beyJ[\w-]{8,300}\.[\w.-]{8,}/g,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{0,20000}/g,
  /\bwhsec_[\w+/=-]{8,}/g,
  // Addresses by which anybody may write: their last part is the secret.
  /\bhooks\.slack(?:-gov)?\.com\/[a-z]{1,20}\/[\w/]{8,}/g,
  /\/webhooks\/salesforce\/[\w-]{32,}/g,
];

function withoutTokens(text: string): string {
  return TOKENS.reduce((left, token) => left.replace(token, '[token]'), text);
}

function plainLine({ timestamp, level, message, ...facts }: winston.Logform.TransformableInfo): string {
  const rest = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${String(value)}`)
    .join('');
  const mark = level === 'info' ? '' : `${level}: `;
  return `${String(timestamp)} ${mark}${onOneLine(`${String(message)}${rest}`)}`;
}

/** What a CRM holds must not look like a line of ours, nor move the cursor of whoever reads along. */
const onOneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
