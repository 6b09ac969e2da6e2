import { dirname, join } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import type { CONNECTIONS } from './arguments.ts';
import { askWhether } from './ask.ts';
import type { Io } from './io.ts';
import { counted, fold, paint, printJson } from './print.ts';
import type { Project } from './project.ts';
import { type FilePlan, planProjectFiles, writeProjectFiles } from './project-files.ts';
import { hubspotProjectIn } from './project-hubspot.ts';
import { salesforceProjectIn } from './project-salesforce.ts';
import { shellWord, stepLines } from './project-steps.ts';
import type { SetupOptions } from './setup.ts';
import { tellWarnings } from './tell-warnings.ts';

type ConnectionName = (typeof CONNECTIONS)[number];

/** Into which folder a project is written when none is named. */
const FOLDERS: Readonly<Record<ConnectionName, string>> = { hubspot: 'hubspot-app', salesforce: 'salesforce-app' };

/** Writes what the CRM's own command line takes in. It asks the CRM nothing: it comes before the credentials. */
export async function setupProject(named: string | undefined, io: Io, options: SetupOptions): Promise<void> {
  const settings = loadSettings({ env: io.env });
  tellWarnings(settings, io);
  const name = connectionOf(named, settings);
  const folder = typeof options.project === 'string' ? options.project : FOLDERS[name];
  const project = projectOf(name, folder, settings, options);
  const { notes, next, told } = project;
  const plans = planProjectFiles(folder, project.files);
  const due = plans.some(({ state }) => state !== 'same');
  if (options.json !== true) for (const line of planLines(folder, project, plans, io)) io.out(line);
  const wanted = due && (await isWanted(folder, options, io));
  if (wanted) writeProjectFiles(folder, plans);
  if (options.json === true) {
    const files = plans.map(({ text, ...plan }) => plan);
    printJson(io, { folder, files, ...told, notes, applied: wanted, next });
  } else if (due && !wanted) io.out('nothing was written');
  else for (const line of ['', 'What remains to be done by hand:', '', ...stepLines(next)]) io.out(line);
  if (due && !wanted && options.dryRun !== true && !mayAsk(options, io)) {
    const more = options.personAccounts === true ? ' --person-accounts' : '';
    throw new ConfigError(`to write this, run: leadgauge setup ${name} --project ${shellWord(folder)}${more} --yes`);
  }
}

/** The CRM that is named, or the only one that is on. @throws ConfigError where there is a choice. */
function connectionOf(named: string | undefined, { hubspot, salesforce }: Settings): ConnectionName {
  if (named === 'hubspot' || named === 'salesforce') return named;
  if (hubspot !== undefined && salesforce !== undefined)
    throw new ConfigError(
      'several CRMs are on: name the one that you mean, as in leadgauge setup hubspot --project, or leadgauge setup salesforce --project',
    );
  return salesforce === undefined ? 'hubspot' : 'salesforce';
}

function projectOf(
  name: ConnectionName,
  folder: string,
  settings: Settings,
  { personAccounts }: SetupOptions,
): Project {
  if (name === 'salesforce') return salesforceProjectIn(folder, settings, { personAccounts: personAccounts === true });
  if (personAccounts === true)
    throw new ConfigError(
      '--person-accounts is about Salesforce: leave it out, or run leadgauge setup salesforce --project',
    );
  return hubspotProjectIn(folder, settings);
}

async function isWanted(folder: string, options: SetupOptions, io: Io): Promise<boolean> {
  if (options.dryRun === true) return false;
  if (options.yes === true) return true;
  return mayAsk(options, io) && (await askWhether(`Write this into ${folder}?`, io));
}

const mayAsk = ({ json }: SetupOptions, io: Io) => io.terminal && json !== true;

const MARKS = { new: ['+', 'green'], changed: ['~', 'yellow'], same: ['=', 'dim'] } as const;

function planLines(folder: string, project: Project, plans: readonly FilePlan[], io: Io): string[] {
  return [
    plans.every(({ state }) => state === 'same')
      ? `${project.name} in ${folder} is as config/ needs it`
      : `${project.heading} (+ new, ~ changed, = same):`,
    ...[...Map.groupBy(plans, heapOf).values()].flatMap((heap) => heapLines(folder, heap, io)),
    '',
    ...project.about,
    ...project.notes.flatMap((note) => ['', io.terminal ? fold(note, 0) : note]),
  ];
}

/** Files of one folder that all are new, or all the same, stand together. */
function heapOf({ path, state }: FilePlan): string {
  return state === 'changed' ? path : `${state} ${dirname(path)}`;
}

/** More of them are told by their number alone. */
const FEW = 3;

function heapLines(folder: string, heap: readonly FilePlan[], io: Io): string[] {
  const [first] = heap;
  if (first === undefined) return [];
  const [mark, style] = MARKS[first.state];
  const painted = `  ${paint(io, style, mark)}`;
  if (heap.length > FEW) return [`${painted} ${join(folder, dirname(first.path))}: ${counted(heap.length, 'file')}`];
  return heap.flatMap(({ path, diff }) => [
    `${painted} ${join(folder, path)}`,
    ...diff.map((line) => `      ${paint(io, line.startsWith('+') ? 'green' : 'red', line)}`),
  ]);
}
