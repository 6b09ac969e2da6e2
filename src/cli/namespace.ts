/** The first word of every Redis key. */
export const NAMESPACE = 'leadgauge';
