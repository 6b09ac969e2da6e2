/** One marketing e-mail that goes to many people; HubSpot says e-mail campaign. */
export interface MailCampaign {
  readonly id: number;
  /** Its place among the portal's campaigns. */
  readonly index: number;
  readonly name: string;
  readonly subject: string;
  /** Milliseconds since 1970. */
  lastActivityAt: number;
}

const BELOW_FIRST = 338_114_000;

export class MailCampaigns {
  readonly all: MailCampaign[] = [];

  add(name: string, subject: string, at: number): MailCampaign {
    const index = this.all.length;
    const campaign = { id: BELOW_FIRST + (index + 1) * 219, index, name, subject, lastActivityAt: at };
    this.all.push(campaign);
    return campaign;
  }

  /** By id or name. */
  find(idOrName: string): MailCampaign | undefined {
    return this.all.find(({ id, name }) => String(id) === idOrName || name === idOrName);
  }
}
