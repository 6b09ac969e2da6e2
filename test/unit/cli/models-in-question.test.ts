import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelsInQuestion } from '../../../src/cli/models-in-question.ts';
import { appliesTo } from '../../../src/scoring/applies-to.ts';
import type { CompiledModel } from '../../../src/scoring/compiled-model.ts';
import { loadSettings } from '../../../src/settings/settings.ts';
import { folderOf, OLD } from '../../support/plan-models.ts';
import { tempFolder } from '../../support/run-cli.ts';

const scoped = (country: string) => `applies_to: { field: country, is: ${country} }\n`;
const RIVAL = OLD.replace('model: platform\nname: Platform', 'model: rival\nname: Rival\nchallenger_to: platform');
const GERMAN_RIVAL = `${RIVAL}${scoped('Germany')}`;

const settingsOf = (...models: readonly string[]) => loadSettings({ env: {}, dir: folderOf(...models) });

function fileOf(text: string): string {
  const file = join(tempFolder(), 'next.yaml');
  writeFileSync(file, text);
  return file;
}

/** Of a German and a Frenchman, whom the model is about. */
function about(model: CompiledModel | undefined): string[] {
  return ['Germany', 'France'].filter(
    (country) =>
      model !== undefined && appliesTo(model, { id: '', formerIds: [], emails: [], fields: { country }, createdAt: 0 }),
  );
}

describe('the models that a review is about', () => {
  test('are the main one and its challengers, which score whom that one is about', () => {
    const all = modelsInQuestion(settingsOf(OLD, GERMAN_RIVAL), { withChallengers: true });
    expect([all.model, ...all.rivals].map(({ id }) => id)).toEqual(['platform', 'rival']);
    expect([all.model, ...all.rivals].map(about)).toEqual([
      ['Germany', 'France'],
      ['Germany', 'France'],
    ]);
    const french = modelsInQuestion(settingsOf(`${OLD}${scoped('France')}`, GERMAN_RIVAL), { withChallengers: true });
    expect(french.rivals.map(about)).toEqual([['France']]);
    // Judged alone, it scores whom it would.
    const alone = modelsInQuestion(settingsOf(OLD, GERMAN_RIVAL), { model: 'rival' });
    expect(about(alone.model)).toEqual(['Germany', 'France']);
  });

  test('leave another line of business to whom it is about', () => {
    const other = fileOf(OLD.replace('model: platform', 'model: courses') + scoped('Germany'));
    const { rivals } = modelsInQuestion(settingsOf(OLD), { against: other });
    expect(rivals.map(about)).toEqual([['Germany']]);
  });

  test('have a file beside the challenger whose id it took, and no challenger twice', () => {
    const settings = settingsOf(OLD, RIVAL);
    const versions = (against: string) =>
      modelsInQuestion(settings, { withChallengers: true, against }).rivals.map(({ id, version }) => ({ id, version }));
    const [known] = modelsInQuestion(settings, { withChallengers: true }).rivals;
    const next = versions(fileOf(RIVAL.replace('points: 30', 'points: 35')));
    expect(next.map(({ id }) => id)).toEqual(['rival', 'rival']);
    expect(new Set(next.map(({ version }) => version)).size).toBe(2);
    for (const same of ['rival', fileOf(RIVAL)])
      expect(versions(same).map(({ version }) => version)).toEqual([known?.version]);
  });

  test('are no model beside itself', () => {
    const settings = settingsOf(OLD, RIVAL);
    for (const against of ['platform', fileOf(OLD)]) {
      expect(() => modelsInQuestion(settings, { withChallengers: true, against })).toThrow(
        '--against must name another model',
      );
    }
  });

  test('have the holdouts of config where it is the model of config that is reviewed', () => {
    const settings = settingsOf(OLD, RIVAL);
    expect(modelsInQuestion(settings, {}).challengers.map(({ model }) => model.id)).toEqual(['rival']);
    const next = fileOf(OLD.replace('points: 30', 'points: 35'));
    expect(modelsInQuestion(settings, { model: next }).challengers).toEqual([]);
  });
});
