import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/analysis/statistics/seeded-random.ts';
import { tempFolder } from './run-cli.ts';

/** A table of leads whose buyers follow a known rule, as a CRM would export it. */
export interface LeadTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const SOURCES = ['Referral', 'Web', 'Fair', 'Partner', 'Cold list'];
const COUNTRIES = ['Germany', 'France', 'Spain', 'Italy'];
const FIRST_DAY = Date.UTC(2025, 0, 6);
const DAY = 86_400_000;

/**
 * They buy the more often the more pages they saw (from 12 on +2 log odds), if somebody referred them (+2), and less often from a bought
 * list (-2). Country, newsletter, the notes and the number of the lead mean nothing. Stage is filled in by sales once they have bought, and
 * Points are the visits of the pages with much chance added.
 */
export function plantedTable(leads: number, seed = 1): LeadTable {
  const random = seededRandom(seed);
  const rows = Array.from({ length: leads }, (_, place) => {
    const source = SOURCES[Math.floor(random() * SOURCES.length)]!;
    const pages = Math.floor(random() * 20);
    const logOdds = -1.8 + (pages >= 12 ? 2 : 0) + (source === 'Referral' ? 2 : 0) + (source === 'Cold list' ? -2 : 0);
    const bought = random() < 1 / (1 + Math.exp(-logOdds));
    const country = random() < 0.2 ? 'Select' : COUNTRIES[Math.floor(random() * COUNTRIES.length)]!;
    const points = random() < 0.1 ? '' : String(pages + Math.floor(random() * 20));
    return [
      `L-${1000 + place}`,
      new Date(FIRST_DAY + Math.floor((place * 364) / leads) * DAY).toISOString().slice(0, 10),
      source,
      String(pages),
      country,
      random() < 0.5 ? 'Yes' : 'No',
      `Called at ${place}, said "${Math.floor(random() * 1e6)}"`,
      bought && random() < 0.95 ? 'Won' : random() < 0.3 ? 'Talking' : '',
      points,
      bought ? 'yes' : 'no',
    ];
  });
  const header = [
    'Lead ID',
    'Created',
    'Lead Source',
    'Page Views',
    'Country',
    'Newsletter',
    'Notes',
    'Stage',
    'Points',
    'Bought',
  ];
  return { header, rows };
}

/** Writes it as a spreadsheet would, and tells where. */
export function writeTable({ header, rows }: LeadTable, delimiter = ','): string {
  const file = join(tempFolder(), 'leads.csv');
  const cell = (text: string) => (/[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  writeFileSync(file, `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(delimiter)).join('\r\n')}\r\n`);
  return file;
}
