import { expect, test } from 'vitest';
import { folderOf, OLD } from '../support/plan-models.ts';
import { keepRedis, openCliPortal, runCli } from '../support/run-cli.ts';

const RIVAL = OLD.replace('model: platform\nname: Platform', 'model: rival\nname: Rival\nchallenger_to: platform')
  .replace('points: 30 }', 'points: 45 }')
  .replace('points: 15, per: once', 'points: 25, per: once');
const HOLDOUT = RIVAL.replace('challenger_to: platform', 'challenger_to: platform\nholdout: 50%');

test('plan, check, explain and status tell of a challenger and of whom it scores for real', {
  timeout: 60_000,
}, async () => {
  const { env, sandbox } = await openCliPortal({ leads: 60 });
  await keepRedis(env);
  const before = { ...env, LEADGAUGE_CONFIG: folderOf(OLD) };
  await runCli(['setup', '--yes'], before);
  await runCli(['backfill'], before);
  const after = { ...env, LEADGAUGE_CONFIG: folderOf(OLD, HOLDOUT) };
  await runCli(['setup', '--yes'], after);

  const { out } = await runCli(['plan'], after);
  expect(out).toMatch(/^Platform, version \w{10}, on \d+ leads\n/);
  expect(out.replaceAll('\n', ' ')).toMatch(
    /Holdout of 50%: Rival in place of platform, version \w{10}, on \d+ leads \d+ leads? changes?: \d+ rises?/,
  );
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  const plan = JSON.parse((await runCli(['plan', '--json'], after)).out);
  const { rival } = plan.holdouts;
  expect(plan.leads + rival.leads).toBe(60);
  expect(rival).toMatchObject({ model: 'rival', champion: 'platform', holdout: 0.5, written: rival.leads });
  expect(rival.leads).toBeGreaterThan(15);
  expect(rival.leads).toBeLessThan(45);

  expect((await runCli(['check'], after)).out.replace(/\s+/g, ' ')).toMatch(
    /model platform \(version \w{10}\), challenger rival of platform \(version \w{10}\) with a holdout of 50%/,
  );
  const applied = JSON.parse((await runCli(['apply', '--json'], after)).out);
  expect(applied).toMatchObject({ failed: 0, promoted: 0, up: plan.up + rival.up, down: plan.down + rival.down });

  const { portal } = sandbox;
  const told = await Promise.all(
    portal.contacts.all.slice(0, 12).map(async ({ id }) => ({
      text: (await runCli(['explain', id], after)).out,
      json: JSON.parse((await runCli(['explain', id, '--json'], after)).out),
      id,
    })),
  );
  const sides = new Set(told.map(({ json }) => json.challengers[0].isReal));
  expect(sides.size).toBe(2);
  for (const { text, json, id } of told) {
    const [challenger] = json.challengers;
    const contact = portal.contacts.all.find((each) => each.id === id);
    const held = contact && portal.textOf(contact, 'leadgauge_model_version');
    expect(challenger).toMatchObject({ id: 'rival', holdout: 0.5, kept: { where: 'crm', score: challenger.score } });
    expect(json.modelVersion).toBe(held);
    expect(held === challenger.version).toBe(challenger.isReal);
    expect(json.crm.differs).toEqual([]);
    if (challenger.isReal) expect(json.score).toBe(challenger.score);
    expect(text.includes('in the holdout of rival, which scores it in place of platform')).toBe(challenger.isReal);
    expect(text).toMatch(/Challengers\n {2}rival \(version \w{10}\): score -?\d+, grade [A-D]\d/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  }
  const alone = await runCli(['explain', told[0]?.id ?? '', '--model', 'rival', '--json'], after);
  expect(JSON.parse(alone.out)).toMatchObject({ model: 'rival', score: told[0]?.json.challengers[0].score });

  const status = await runCli(['status'], after);
  expect(status.out.replace(/\s+/g, ' ')).toMatch(
    /challenger rival of platform \(version \w{10}\) with a holdout of 50%/,
  );
  const { connections } = JSON.parse((await runCli(['status', '--json'], after)).out);
  expect(connections.hubspot.challengers).toMatchObject([{ model: 'rival', champion: 'platform', holdout: 0.5 }]);
});
