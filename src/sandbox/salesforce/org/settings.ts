import type { Clock } from '../../../base/clock.ts';
import type { NewUser } from './users.ts';

export type Edition = 'Developer Edition' | 'Professional Edition' | 'Enterprise Edition' | 'Unlimited Edition';

export interface OrgSettings {
  readonly clock: Clock;
  /** 18 characters, `00D…`. */
  readonly organizationId: string;
  readonly name: string;
  readonly edition: Edition;
  /** The name before `.my.salesforce.com`. */
  readonly myDomain: string;
  readonly isSandbox: boolean;
  /** API requests in any 24 hours. */
  readonly dailyRequests: number;
  /** Sales people, first; the integration user comes beside them. */
  readonly users: readonly NewUser[];
  /** The one as whom leadgauge signs in. */
  readonly integrationUser: NewUser;
  /** IANA name. */
  readonly timeZone: string;
  /** Whether accounts can be people. */
  readonly personAccounts: boolean;
  /** By object, the names of FieldDefinition whose history is kept: of leads and contacts alone. */
  readonly tracked: Readonly<Record<string, readonly string[]>>;
  /** The 18-character id of Account Engagement's business unit, `0Uv…`; undefined where the org has none. */
  readonly businessUnitId: string | undefined;
}
