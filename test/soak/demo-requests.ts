import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { quantile } from '../bench/quantile.ts';
import type { CrmLife, DemoRequest } from './crm-life.ts';

/** What became of the demo requests. */
export interface Answers {
  readonly asked: number;
  readonly beforeSales: number;
  readonly ruledOut: number;
  /** Those that nobody has answered. */
  readonly open: readonly DemoRequest[];
  /** From the request until sales could see it, half of them, in milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

/** Follows demo requests until each of them is answered. */
export function followRequests(now: () => number) {
  const open = new Map<DemoRequest, CrmLife>();
  const took: number[] = [];
  let asked = 0;
  let ruledOut = 0;
  return {
    ask(life: CrmLife): void {
      asked += 1;
      open.set(life.askForDemo(), life);
    },
    /** To be called every now and then: as exact as that is what is told of how long it took. */
    look(): void {
      for (const [request, life] of open) {
        const stand = request.stand();
        // One that was ruled out for what it is no more may be so no more in a moment.
        if (stand === 'waiting' || (stand === 'ruled out' && now() < request.at + MINUTE)) continue;
        open.delete(request);
        life.answered(request);
        if (stand === 'before sales') took.push(now() - request.at);
        else ruledOut += 1;
      }
    },
    answers(): Answers {
      const stands = [...open.keys()].map((request) => [request, request.stand()] as const);
      const sorted = took.toSorted((one, other) => one - other);
      return {
        asked,
        beforeSales: took.length + stands.filter(([, stand]) => stand === 'before sales').length,
        ruledOut: ruledOut + stands.filter(([, stand]) => stand === 'ruled out').length,
        open: stands.filter(([, stand]) => stand === 'waiting').map(([request]) => request),
        p50: quantile(sorted, 0.5),
        p95: quantile(sorted, 0.95),
      };
    },
  };
}

/** How often it is looked, in milliseconds. */
export const LOOK_EVERY = SECOND / 10;
