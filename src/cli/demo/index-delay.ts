import { SECOND } from '../../base/clock.ts';

/** How late the made-up CRMs' searches learn of changes, as HubSpot's does. */
export const INDEX_DELAY = 2 * SECOND;
