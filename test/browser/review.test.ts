import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
/** As `.ci/run` has it: there a page that nobody opened is a failure. */
const isRequired = process.env.LEADGAUGE_TEST_BROWSER === 'required';
if (CHROMIUM === undefined) process.stderr.write('no chromium on this machine: the page of a review is not opened\n');

const review = await plantedReview();
const page = await reviewPage(review);

const DESKTOP = 1280;
const PHONE = 360;
const WIDTHS = [DESKTOP, PHONE];

/** Runs the browser on a file, and returns what it prints. */
function browse(file: string, width: number, height: number, ...args: string[]): string {
  if (CHROMIUM === undefined) throw new Error('there is no chromium to open the page with: install it');
  const profile = mkdtempSync(join(tmpdir(), 'leadgauge-browser-'));
  onTestFinished(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  const usual = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${profile}`];
  return execFileSync(CHROMIUM, [...usual, `--window-size=${width},${height}`, ...args, pathToFileURL(file).href], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 26,
  });
}

function written(name: string, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'leadgauge-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** What a function, given as text, says of the window of the page at a width in pixels. */
function told<Told>(width: number, script: string, content = page): Told {
  // The page allows no script: it is looked at from a page around it, as wide as the screen that is meant.
  const around = `<!doctype html><iframe id="page" style="border:0;width:${width}px;height:800px"></iframe><pre id="told"></pre><script>
    const page = document.getElementById('page');
    page.onload = () => { document.getElementById('told').textContent = JSON.stringify((${script})(page.contentWindow)); };
    page.srcdoc = ${JSON.stringify(content).replaceAll('<', '\\u003c')};
  </script>`;
  const dom = browse(written('around.html', around), DESKTOP, 900, '--virtual-time-budget=5000', '--dump-dom');
  const [, text = ''] = /<pre id="told">([^<]*)<\/pre>/.exec(dom) ?? [];
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

/** All that is folded away is opened. */
const UNFOLD = 'window.document.querySelectorAll("details").forEach((each) => { each.open = true; });';

test.runIf(isRequired)('there is a browser where the tests may not do without', () => {
  expect(CHROMIUM).toBeDefined();
});

describe.skipIf(CHROMIUM === undefined && !isRequired)(
  'the page of a review in a browser',
  { timeout: 120_000 },
  () => {
    test.each(WIDTHS)('has the figures of the JSON, each in its place, where one can see it, at %i pixels', (width) => {
      const figures = told<{ place: string; text: string; left: number; right: number; height: number }[]>(
        width,
        `(window) => { ${UNFOLD} return [...window.document.querySelectorAll('[data-figure]')].map((each) => {
        const { left, right, height } = each.getBoundingClientRect();
        return { place: each.dataset.figure, text: each.innerText, left, right, height };
      }); }`,
      );
      expect(figures.length).toBeGreaterThan(150);
      for (const { place, text, left, right, height } of figures) {
        const value = valueAt(place);
        expect(value, place).toBeTypeOf('number');
        expect(writings(Number(value)), place).toContain(text);
        expect({ place, isSeen: left >= 0 && right <= width && height > 0 }).toEqual({ place, isSeen: true });
      }
      const places = figures.map(({ place }) => place);
      for (const part of ['score.psi', 'inputs.0.psi', 'conversion.now.auc', 'mqls.byWeek.25', 'owners.1.overdue'])
        expect(places).toContain(part);
      for (const part of ['salesSay.rejected', 'suggested.auc', 'challenges.0.difference', 'criteria.0.newLeads.now'])
        expect(places).toContain(part);
    });

    test.each(WIDTHS)('is nowhere wider than %i pixels, not even a table by itself', (width) => {
      const wide = told<{ page: number; parts: string[] }>(
        width,
        `(window) => { ${UNFOLD} return {
        page: window.document.documentElement.scrollWidth,
        parts: [...window.document.querySelectorAll('main *')]
          .filter((part) => part.getBoundingClientRect().right > ${width} + 1 || part.scrollWidth > part.clientWidth + 1 && part.matches('.wide'))
          .map((part) => part.outerHTML.slice(0, 80)),
      }; }`,
      );
      expect(wide.parts).toEqual([]);
      expect(wide.page).toBeLessThanOrEqual(width);
    });

    test('draws all of its drawings, with a bar for each week and a dot for each rate', () => {
      const drawings = told<Record<string, number>>(
        DESKTOP,
        `(window) => Object.fromEntries([...window.document.querySelectorAll('figure > svg')].map((svg) =>
        [svg.getAttribute('aria-label'), svg.querySelectorAll('[aria-roledescription=bar],[aria-roledescription=point]').length]))`,
      );
      expect(drawings).toMatchObject({
        'Leads that came to be ready for sales, by week': 26,
        'How often leads bought by score, before and now': 2 * (review.conversion?.bands.length ?? 0),
        'How far each input has drifted': review.inputs.length,
      });
      expect(Object.keys(drawings)).toHaveLength(4);
    });

    test('asks nobody for anything, though its own rule against that is taken out', () => {
      const free = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
      expect(free).not.toBe(page);
      const asked = (content: string) =>
        told<string[]>(
          DESKTOP,
          `(window) => window.performance.getEntriesByType('resource').map(({ name }) => name)`,
          content,
        );
      expect(asked(free)).toEqual([]);
      // Nobody answers there. That it was asked for is seen all the same.
      const picture = 'http://127.0.0.1:9/picture.png';
      expect(asked(free.replace('</main>', `<img src="${picture}"></main>`))).toEqual([picture]);
    });

    test.each(WIDTHS)('is there as a picture %i pixels wide, in reports/ for whoever wants to see it', (width) => {
      mkdirSync('reports', { recursive: true });
      const picture = join('reports', `review-${width}.png`);
      rmSync(picture, { force: true });
      browse(written('review.html', page), width, 6_000, `--screenshot=${join(process.cwd(), picture)}`);
      const png = readFileSync(picture);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, 6_000]);
      // An empty page of that size takes a tenth of it.
      expect(png.length).toBeGreaterThan(100_000);
    });
  },
);
