import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { percentText } from '../../src/analysis/number-text.ts';
import { reviewPage } from '../../src/cli/review-page.ts';
import { plantedReview } from '../support/planted-review.ts';

/** Debian's, or what other systems call it. */
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);
if (CHROMIUM === undefined) process.stderr.write('no chromium on this machine: the page of a review is not opened\n');

const review = await plantedReview();

/** The page as a browser makes it of the file, at a width in pixels, after `script` ran in it. */
async function opened(width: number, script = ''): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-browser-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const page = await reviewPage(review);
  writeFileSync(join(folder, 'review.html'), page);
  // The page allows no script: it is looked at from a page around it, as wide as a phone.
  const around = `<!doctype html><iframe id="page" style="width:${width}px;height:800px" srcdoc=""></iframe><pre id="told"></pre><script>
    const page = document.getElementById('page');
    page.onload = () => { const inside = page.contentDocument; document.getElementById('told').textContent = JSON.stringify((${script})(inside)); };
    page.srcdoc = ${JSON.stringify(page).replaceAll('<', '\\u003c')};
  </script>`;
  const file = join(folder, script === '' ? 'review.html' : 'around.html');
  if (script !== '') writeFileSync(file, around);
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--virtual-time-budget=5000',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--window-size=${width},800`,
    '--dump-dom',
    pathToFileURL(file).href,
  ];
  return execFileSync(CHROMIUM ?? '', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 26,
  });
}

async function told<Told>(width: number, script: string): Promise<Told> {
  const [, text = ''] = /<pre id="told">([^<]*)<\/pre>/.exec(await opened(width, script)) ?? [];
  return JSON.parse(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

function valueAt(place: string): unknown {
  return place.split('.').reduce<unknown>((value, key) => Object(value)[key], review);
}

/** The ways in which the page writes a figure. */
function writings(value: number): string[] {
  const plain = value.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return [plain, `+${plain}`, value.toFixed(2), value.toFixed(3), percentText(value)];
}

describe.skipIf(CHROMIUM === undefined)('the page of a review in a browser', { timeout: 120_000 }, () => {
  test('has the figures of the JSON, each in its place', async () => {
    const dom = await opened(1280);
    const figures = [...dom.matchAll(/<span data-figure="([^"]+)">([^<]*)<\/span>/g)];
    expect(figures.length).toBeGreaterThan(150);
    for (const [, place = '', text = ''] of figures) {
      const value = valueAt(place);
      expect(value, place).toBeTypeOf('number');
      expect(writings(Number(value)), place).toContain(text);
    }
    const places = figures.map(([, place]) => place);
    for (const part of ['score.psi', 'inputs.0.psi', 'conversion.now.auc', 'mqls.byWeek.25', 'owners.1.overdue'])
      expect(places).toContain(part);
    for (const part of ['salesSay.rejected', 'suggested.auc', 'challenges.0.difference', 'criteria.0.newLeads.now'])
      expect(places).toContain(part);
  });

  test('draws all of its drawings, with a bar for each week and a dot for each rate', async () => {
    const drawings = await told<Record<string, number>>(
      1280,
      `(page) => Object.fromEntries([...page.querySelectorAll('figure > svg')].map((svg) =>
        [svg.getAttribute('aria-label'), svg.querySelectorAll('[aria-roledescription=bar],[aria-roledescription=point]').length]))`,
    );
    expect(drawings).toMatchObject({
      'Leads that came to be ready for sales, by week': 26,
      'How often leads bought by score, before and now': 2 * review.conversion.bands.length,
      'How far each input has drifted': review.inputs.length,
    });
    expect(Object.keys(drawings)).toHaveLength(4);
  });

  test('fits a phone of 360 pixels: nothing but a wide table is wider', async () => {
    const wide = await told<{ page: number; parts: string[] }>(
      360,
      `(page) => ({
        page: page.documentElement.scrollWidth,
        parts: [...page.querySelectorAll('main *')]
          .filter((part) => part.closest('.wide') === null && part.getBoundingClientRect().right > 361)
          .map((part) => part.outerHTML.slice(0, 80)),
      })`,
    );
    expect(wide.parts).toEqual([]);
    expect(wide.page).toBeLessThanOrEqual(360);
  });
});
