import { hash } from 'node:crypto';

/** Stands for a text of any length wherever a short name for it is needed, such as in a Redis key. */
export const shortHash = (text: string) => hash('sha256', text, 'base64url').slice(0, 22);
