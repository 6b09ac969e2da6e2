import { asText } from '../base/as-text.ts';

/**
 * Why a value of `disqualify` is no reason in words: it looks like a switch, while any word would rule leads out, and `no` be
 * shown as the reason for it. Undefined where it may be one.
 */
export function noWhy(value: unknown): string | undefined {
  const text = asText(value).trim();
  return /^(no|off|false|none|n|yes|on|true|y)$/i.test(text)
    ? `"disqualify" is no switch, and "${text}" no reason: to switch it off, take the line out; else say why in words, such as company too small`
    : undefined;
}
