import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleLeads } from '../../src/crm/hubspot/sample-leads.ts';
import { createBench, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

describe('a sample of a portal', () => {
  it('is asked for by record id, smallest and greatest first, and never by an offset', async () => {
    const asked = playPortal([7, 9]);
    const { transport, calls } = createBench();
    expect(await sampleLeads(transport, 1)).toEqual({ ids: ['7'], total: 2 });
    expect(asked.slice(0, 2)).toEqual([
      {
        filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'GTE', value: '1' }] }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: ['hs_object_id'],
        limit: 200,
      },
      expect.objectContaining({ limit: 1, sorts: [{ propertyName: 'hs_object_id', direction: 'DESCENDING' }] }),
    ]);
    expect(asked.every((body) => !('after' in body))).toBe(true);
    expect(new Set(calls)).toEqual(new Set(['search']));
  });

  it('has as many leads as were asked for, each once, from all over the portal', async () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => 1 + index * 3);
    playPortal(ids);
    const { transport, calls } = createBench();
    const sample = await sampleLeads(transport, 500);
    expect(sample.total).toBe(20_000);
    expect(sample.ids).toHaveLength(500);
    expect(new Set(sample.ids).size).toBe(500);
    expect(Math.min(...perTenth(ids, sample.ids))).toBeGreaterThan(30);
    expect(Math.max(...perTenth(ids, sample.ids))).toBeLessThan(70);
    expect(calls.length).toBeLessThan(52);
  });

  it('is as even where an old portal has small numbers and then very large ones', async () => {
    const old = Array.from({ length: 6_000 }, (_, index) => 51 + index * 2);
    const fresh = Array.from({ length: 4_000 }, (_, index) => 98_000_000_000 + index * 9_001);
    const latest = Array.from({ length: 2_000 }, (_, index) => 210_000_000_000 + index * 77_777);
    const ids = [...old, ...fresh, ...latest];
    playPortal(ids);
    const { transport, calls } = createBench();
    const sample = await sampleLeads(transport, 600);
    expect(sample.ids).toHaveLength(600);
    const within = (some: readonly number[]) => sample.ids.filter((id) => some.includes(Number(id))).length;
    expect(within(old)).toBeCloseTo(300, -1.5);
    expect(within(fresh)).toBeCloseTo(200, -1.5);
    expect(within(latest)).toBeCloseTo(100, -1.5);
    expect(calls.length).toBeLessThan(95);
  });

  it('is the same when it is taken again', async () => {
    playPortal(Array.from({ length: 900 }, (_, index) => 1_000 + index * index));
    const { transport } = createBench();
    expect(await sampleLeads(transport, 77)).toEqual(await sampleLeads(transport, 77));
  });

  it('is the whole portal where more are asked for than there are, and nobody of an empty one', async () => {
    playPortal(Array.from({ length: 450 }, (_, index) => 1 + index));
    const { transport } = createBench();
    expect((await sampleLeads(transport, 5_000)).ids).toHaveLength(450);
  });

  it('of an empty portal is empty', async () => {
    playPortal([]);
    expect(await sampleLeads(createBench().transport, 10)).toEqual({ ids: [], total: 0 });
  });
});

const bodySchema = z.object({
  filterGroups: z.tuple([
    z.object({ filters: z.array(z.object({ propertyName: z.string(), operator: z.string(), value: z.string() })) }),
  ]),
  sorts: z.tuple([z.object({ propertyName: z.string(), direction: z.string() })]),
  properties: z.array(z.string()),
  limit: z.number().min(1).max(200),
});
type Body = z.output<typeof bodySchema>;

/** A portal whose contacts have these ids, in ascending order. Returns what it is asked. */
function playPortal(ids: readonly number[]): Body[] {
  const asked: Body[] = [];
  hubspot()
    .persist()
    .post('/crm/objects/2026-09/contacts/search')
    .reply(200, async (request: Request) => {
      const body = bodySchema.parse(await request.json());
      asked.push(body);
      const { filters } = body.filterGroups[0];
      const found = ids.filter((id) =>
        filters.every(({ operator, value }) => (operator === 'GTE' ? id >= Number(value) : id < Number(value))),
      );
      const inOrder = body.sorts[0].direction === 'ASCENDING' ? found : found.toReversed();
      return { total: found.length, results: inOrder.slice(0, body.limit).map((id) => ({ id: String(id) })) };
    });
  return asked;
}

function perTenth(ids: readonly number[], sample: readonly string[]): number[] {
  const counts = Array<number>(10).fill(0);
  const place = new Map(ids.map((id, index) => [String(id), Math.floor((index * 10) / ids.length)]));
  for (const id of sample) {
    const tenth = place.get(id) ?? -1;
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  return counts;
}
