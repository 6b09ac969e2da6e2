import { createHash } from 'node:crypto';

/**
 * An address as two systems would agree on it: trimmed and lower-cased, or undefined where it is none.
 * Plus tags and dots stay: they are part of the address to everyone but one provider.
 */
export function normaliseEmail(text: string | undefined): string | undefined {
  const email = text?.trim().toLowerCase();
  // Half a character can stand in no address, and in no question to a CRM.
  const isOne = email !== undefined && email.length <= 254 && email.isWellFormed() && /^[^\s@]+@[^\s@]+$/.test(email);
  return isOne ? email : undefined;
}

/** Stands for the address wherever it must not be seen, such as in a Redis key: 22 characters of its SHA-256. */
export function hashEmail(email: string): string {
  return createHash('sha256').update(email).digest('base64url').slice(0, 22);
}
