import { RECEIVING } from './rows/receiving.ts';
import { RECORDS } from './rows/records.ts';
import type { Row } from './rows/row.ts';
import { RUNNING } from './rows/running.ts';

export type { Proof, Row } from './rows/row.ts';

/** Every fault that must be survived, by its number. */
export const ROWS: readonly Row[] = [...RECEIVING, ...RUNNING, ...RECORDS];
