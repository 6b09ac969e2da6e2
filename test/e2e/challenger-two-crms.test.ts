import { expect, test } from 'vitest';
import { openBothWorlds } from '../support/both-worlds.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { addProspect } from '../support/people.ts';
import { withRival } from '../support/rival.ts';
import { shippedConfig } from '../support/shipped-config.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const NAMES = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay', 'gus', 'hal'];

test('both records of a person are on the same side of a holdout', { timeout: 120_000 }, async () => {
  const config = withRival(shippedConfig(), 0.5);
  const [challenger] = config.models.challengers;
  const both = await openBothWorlds(redis, { config });
  const people = NAMES.map((name) => ({
    portal: addProspect(both.hubspot, name),
    org: addOrgProspect(both.salesforce, name),
  }));
  await both.backfill();
  const sides = people.map(({ portal, org }) => {
    expect(portal.email).toBe(org.email);
    const inPortal = both.hubspot.text(portal.contact, 'leadgauge_model_version');
    expect(both.salesforce.text(org.id, 'Leadgauge_Model_Version__c')).toBe(inPortal);
    // Fit and engagement are the same in both, and so is what the challenger says beside them.
    const score = both.hubspot.number(portal.contact, 'leadgauge_rival_score');
    expect(score).toBeGreaterThan(0);
    expect(both.salesforce.number(org.id, 'Leadgauge_Rival_Score__c')).toBe(score);
    if (inPortal === challenger?.model.version)
      expect(both.hubspot.number(portal.contact, 'leadgauge_score')).toBe(score);
    return inPortal;
  });
  expect(new Set(sides)).toEqual(new Set([challenger?.model.version, challenger?.champion.version]));
  expect(await both.wrong()).toEqual([]);
  expect(await both.backfill()).toMatchObject({ written: 0, promoted: 0 });
});
