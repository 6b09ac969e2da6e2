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
  return withoutTokens(text.replace(ADDRESS, '[e-mail]'));
}

/** The same of a message about config or the environment: addresses at example.com, by which it says what to write, are nobody's and stay. */
export function redactAdvice(text: string): string {
  return withoutTokens(text.replace(ADDRESS, (address) => (AN_EXAMPLE.test(address) ? address : '[e-mail]')));
}

const ADDRESS = /[^\s@<>"'(),;:]+(?:@|%40)[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:]+/gi;

/** https://www.rfc-editor.org/rfc/rfc2606#section-3; a full stop may end the sentence. */
const AN_EXAMPLE = /^[^%]+@(?:[a-z0-9-]+\.)*example\.(?:com|net|org)\.?$/i;

const withoutTokens = (text: string) => text.replace(/\b(?:pat-|Bearer\s+)[\w.-]{8,}/gi, '[token]');

function plainLine({ timestamp, level, message, ...facts }: winston.Logform.TransformableInfo): string {
  const rest = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${String(value)}`)
    .join('');
  const mark = level === 'info' ? '' : `${level}: `;
  return `${String(timestamp)} ${mark}${String(message)}${rest}`;
}
