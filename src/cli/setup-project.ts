import { join } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { type HubspotProject, hubspotProject, WEBHOOKS_FILE } from '../crm/hubspot/project.ts';
import { hubspotOf } from '../settings/config.ts';
import { loadSettings } from '../settings/settings.ts';
import { askWhether } from './ask.ts';
import { hanging } from './explain-hanging.ts';
import type { Io } from './io.ts';
import { fold, paint, printJson } from './print.ts';
import { type FilePlan, planProjectFiles, readText, writeProjectFiles } from './project-files.ts';
import { remainingSteps, shellWord, stepLines } from './project-steps.ts';
import type { SetupOptions } from './setup.ts';
import { tellWarnings } from './tell-warnings.ts';

/** Writes the HubSpot project that `hs project upload` makes an app of. It asks HubSpot nothing: it comes before the token. */
export async function setupProject(folder: string, io: Io, options: SetupOptions): Promise<void> {
  const settings = loadSettings({ env: io.env });
  tellWarnings(settings, io);
  const { publicUrl } = settings.environment;
  const project = hubspotProject({ config: hubspotOf(settings).value, models: settings.models.models, publicUrl });
  const plans = planProjectFiles(folder, project.files);
  const notes = notesOf(project, folder, publicUrl);
  const due = plans.some(({ state }) => state !== 'same');
  if (options.json !== true) for (const line of planLines(folder, project, plans, notes, io)) io.out(line);
  const wanted = due && (await isWanted(folder, options, io));
  if (wanted) writeProjectFiles(folder, plans);
  const next = remainingSteps(folder, project);
  if (options.json === true) {
    const files = plans.map(({ text, ...plan }) => plan);
    printJson(io, { folder, files, scopes: project.scopes, leftOut: project.leftOut, notes, applied: wanted, next });
  } else if (due && !wanted) io.out('nothing was written');
  else for (const line of ['', 'What remains to be done by hand:', '', ...stepLines(next)]) io.out(line);
  if (due && !wanted && options.dryRun !== true && !mayAsk(options, io)) {
    throw new ConfigError(`to write this, run: leadgauge setup hubspot --project ${shellWord(folder)} --yes`);
  }
}

async function isWanted(folder: string, options: SetupOptions, io: Io): Promise<boolean> {
  if (options.dryRun === true) return false;
  if (options.yes === true) return true;
  return mayAsk(options, io) && (await askWhether(`Write this into ${folder}?`, io));
}

const mayAsk = ({ json }: SetupOptions, io: Io) => io.terminal && json !== true;

const MARKS = { new: ['+', 'green'], changed: ['~', 'yellow'], same: ['=', 'dim'] } as const;

function planLines(
  folder: string,
  project: HubspotProject,
  plans: readonly FilePlan[],
  notes: readonly string[],
  io: Io,
): string[] {
  const files = plans.flatMap(({ path, state, diff }) => {
    const [mark, style] = MARKS[state];
    const lines = diff.map((line) => `      ${paint(io, line.startsWith('+') ? 'green' : 'red', line)}`);
    return [`  ${paint(io, style, mark)} ${join(folder, path)}`, ...lines];
  });
  return [
    plans.every(({ state }) => state === 'same')
      ? `the HubSpot project in ${folder} is as config/ needs it`
      : 'a HubSpot project with an app for this account alone (+ new, ~ changed, = same):',
    ...files,
    '',
    'What the app may do, and what for:',
    ...scopeLines(project),
    hanging('* only "leadgauge setup" and "leadgauge remove" need it: take it out afterwards if you like', 2),
    ...notes.flatMap((note) => ['', io.terminal ? fold(note, 0) : note]),
  ];
}

/** Two columns; what is too long for a line of a terminal goes on in its own column. */
function scopeLines({ scopes }: HubspotProject): string[] {
  const start = Math.max(...scopes.map(({ scope }) => scope.length)) + 4;
  return scopes.map(({ scope, purpose, setupOnly }) => {
    const text = fold(`${purpose}${setupOnly ? ' *' : ''}`, start);
    return `  ${scope}`.padEnd(start) + text.slice(start);
  });
}

/** What is not in the project, and what that means. */
function notesOf({ leftOut, targetUrl }: HubspotProject, folder: string, publicUrl: string | undefined): string[] {
  const scopes = leftOut.map(
    ({ scope, purpose, edition, stream }) =>
      `Left out: the scope ${scope}, to ${purpose}. Only ${edition} has it, and HubSpot installs no app that asks for more than the account has. If yours does, write "${stream}: on" under streams in config/hubspot.yaml, and run this again.`,
  );
  return [...scopes, ...(targetUrl === undefined ? [withoutWebhooks(folder, publicUrl)] : [])];
}

function withoutWebhooks(folder: string, publicUrl: string | undefined): string {
  const why = publicUrl === undefined ? 'PUBLIC_URL is not set' : 'PUBLIC_URL does not begin with https://';
  const file = join(folder, WEBHOOKS_FILE);
  if (readText(file) !== undefined) return `${why}: ${file} was written before, and stays as it is.`;
  return `No webhooks, as ${why}: leadgauge then only polls, finds a demo request within seconds (hot_poll in config/schedules.yaml), and everything else within a minute or two. To have webhooks as well, set PUBLIC_URL to the https address of the receiver in .env, and run this again.`;
}
