/** Somebody who may sign in to the org, before the org knows them. */
export interface NewUser {
  readonly firstName?: string;
  readonly lastName: string;
  readonly email: string;
  /** An e-mail address in form; the e-mail address itself unless told. */
  readonly username?: string;
  /** The name of a profile in `PROFILES`; 'Standard User' unless told. */
  readonly profile?: string;
  /** Names (API names) of permission sets to begin with; made when there is none of that name. */
  readonly permissionSets?: readonly string[];
  readonly isActive?: boolean;
  /** IANA name; the org's own unless told. */
  readonly timeZone?: string;
  /** The username of whom they report to, who may come later in the list. */
  readonly manager?: string;
  /** What the user is, such as 'CsnOnly' for Chatter alone; 'Standard' unless told. */
  readonly userType?: string;
}

export interface Profile {
  readonly name: string;
  /** Whether its users reach every object without a permission set that says so. */
  readonly allObjects: boolean;
  /** View Setup and Customize Application: may change fields and permission sets. */
  readonly setup: boolean;
}

export const PROFILES: readonly Profile[] = [
  { name: 'System Administrator', allObjects: true, setup: true },
  { name: 'Standard User', allObjects: true, setup: false },
  { name: 'Minimum Access - API Only Integrations', allObjects: false, setup: false },
];
