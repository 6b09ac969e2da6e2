import type { RemainingStep } from './project-steps.ts';

/** A file that follows from config alone. */
export interface WrittenFile {
  /** From the project's folder on, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** A file of JSON of which a part follows from config; the rest is the user's own. */
export interface SharedFile {
  readonly path: string;
  /** As it is when there is none yet. */
  readonly content: object;
  readonly ours: object;
}

export type ProjectFile = WrittenFile | SharedFile;

/** A folder that the CRM's own command line takes in, and what there is to say of it. */
export interface Project {
  /** `the HubSpot project`. */
  readonly name: string;
  /** What it is, where something in it is new: `a HubSpot project with an app for this account alone`. */
  readonly heading: string;
  readonly files: readonly ProjectFile[];
  /** What it brings into the CRM, folded already. */
  readonly about: readonly string[];
  /** What is not in it, and what that means. */
  readonly notes: readonly string[];
  /** What a program is told besides. */
  readonly told: Readonly<Record<string, unknown>>;
  /** From the written project to the first look at the CRM. */
  readonly next: readonly RemainingStep[];
}

/** Why the CRM cannot tell leadgauge of changes; undefined where it can. */
export function whyUntold(publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined) return 'PUBLIC_URL is not set';
  return publicUrl.startsWith('https://') ? undefined : 'PUBLIC_URL does not begin with https://';
}

/** What it means that nobody tells leadgauge of changes. */
export const POLLS_ALONE =
  'leadgauge then only polls, finds a demo request within seconds (hot_poll in config/schedules.yaml), and everything else within a minute or two';
