import type { FollowThrough } from '../analysis/review/review.ts';
import { DAY } from '../base/clock.ts';
import { LeadgaugeError } from '../base/errors.ts';
import type { Owner } from '../crm/crm.ts';
import { listFollowUps } from '../ledger/follow-ups.ts';
import { hoursOf } from '../sync/choose-owner.ts';
import type { Connection } from '../sync/connection.ts';
import { FIGURES_OVER, ownerFigures } from '../sync/follow-up-figures.ts';
import { ownerDirectory } from '../sync/owner-directory.ts';

/** Over how many days `ownersOf` looks. */
export const OWNER_DAYS = FIGURES_OVER / DAY;

/** How each owner follows up on the leads of a model, by their addresses, or by ids where the CRM cannot be asked. */
export async function ownersOf(connection: Connection, model: string): Promise<FollowThrough[]> {
  const { space, clock, sales } = connection;
  const now = clock.now();
  const byId = new Map((await ownersOrNobody(connection)).map((owner) => [owner.id, owner]));
  const hours = (id: string | undefined) => hoursOf(sales, id === undefined ? undefined : byId.get(id));
  const all = (await listFollowUps(space, now)).filter((each) => each.model === model);
  return ownerFigures(all, hours, now).map(({ ownerId, ...figures }) =>
    ownerId === undefined ? figures : { owner: byId.get(ownerId)?.email ?? ownerId, ...figures },
  );
}

async function ownersOrNobody(connection: Connection): Promise<readonly Owner[]> {
  try {
    return await ownerDirectory(connection).all();
  } catch (error) {
    if (error instanceof LeadgaugeError) return [];
    throw error;
  }
}
