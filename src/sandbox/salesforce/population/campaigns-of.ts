import { DAY, HOUR } from '../../../base/clock.ts';
import type { Random } from '../../population/random.ts';
import { FORMS } from '../../portal/forms.ts';
import { dayIn } from '../org/days.ts';
import { MEMBER_STATUSES } from '../org/objects/choices.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import type { Known, Life } from './settle-person.ts';

/** Beside what every campaign has: what became of somebody who was invited to a webinar. */
const WEBINAR_STATUSES = { Registered: false, Attended: true, 'No Show': false };

/** A campaign for each form of the website, two webinars and a mailing; gives what it takes to make a person a member. */
export function campaignsOf(org: Org, end: number): (random: Random, known: Known, life: Life) => void {
  const byForm = new Map<string, SalesforceRecord>();
  for (const { name, formType } of Object.values(FORMS)) {
    if (formType === 'hubspot' || formType === 'captured') byForm.set(name, add(org, name, 'Content', end - 700 * DAY));
  }
  const webinars = [
    { startsAt: end - 75 * DAY, campaign: addWebinar(org, 'Webinar: lead scoring in one hour', end - 75 * DAY) },
    { startsAt: end - 18 * DAY, campaign: addWebinar(org, 'Webinar: from score to call', end - 18 * DAY) },
  ];
  const mailedAt = end - 40 * DAY;
  const mailing = add(org, 'Autumn mailing', 'Email', mailedAt - DAY);

  return (random, known, life) => {
    for (const { form, at } of life.behaviour.sent) {
      const campaign = byForm.get(FORMS[form].name);
      if (campaign !== undefined) join(org, known, campaign, 'Responded', { created: at, responded: at });
      const webinar = form === 'webinar' ? webinars.find(({ startsAt }) => at < startsAt) : undefined;
      if (webinar === undefined) continue;
      const after = webinar.startsAt + 2 * HOUR;
      if (random.chance(0.6)) join(org, known, webinar.campaign, 'Attended', { created: at, responded: after });
      else join(org, known, webinar.campaign, random.pick(['No Show', 'Registered']), { created: at, modified: after });
    }
    if (life.created < mailedAt && random.chance(0.2)) {
      const answered = random.chance(0.06) ? mailedAt + Math.floor(random.next() * 5 * DAY) : undefined;
      join(org, known, mailing, answered === undefined ? 'Sent' : 'Responded', {
        created: mailedAt,
        responded: answered,
      });
    }
  };
}

interface Joining {
  readonly created: number;
  readonly responded?: number | undefined;
  readonly modified?: number;
}

/** A converted lead is a member under both of its names. */
function join(
  org: Org,
  { lead, contact, ownerId }: Known,
  campaign: SalesforceRecord,
  status: string,
  { created, responded, modified = responded ?? created }: Joining,
): void {
  org.seed(
    org.type('CampaignMember'),
    {
      CampaignId: campaign.id,
      LeadId: lead?.id ?? null,
      ContactId: contact?.id ?? null,
      LeadOrContactId: contact?.id ?? lead?.id ?? null,
      Type: contact === undefined ? 'Lead' : 'Contact',
      Status: status,
      HasResponded: responded !== undefined,
      FirstRespondedDate: responded === undefined ? null : dayIn(org.settings.timeZone, responded),
    },
    { created, modified, by: ownerId },
  );
}

function addWebinar(org: Org, name: string, startsAt: number): SalesforceRecord {
  const campaign = add(org, name, 'Webinar', startsAt - 125 * DAY);
  for (const [label, hasResponded] of Object.entries(WEBINAR_STATUSES)) addStatus(org, campaign, label, hasResponded);
  return campaign;
}

function add(org: Org, name: string, type: string, at: number): SalesforceRecord {
  const by = org.users[0]?.id ?? '';
  const start = dayIn(org.settings.timeZone, at);
  const values = { Name: name, Type: type, Status: 'In Progress', IsActive: true, StartDate: start, OwnerId: by };
  const campaign = org.seed(org.type('Campaign'), values, { created: at, modified: at, by });
  for (const { label, hasResponded } of MEMBER_STATUSES) addStatus(org, campaign, label, hasResponded);
  return campaign;
}

function addStatus(org: Org, campaign: SalesforceRecord, label: string, hasResponded: boolean): void {
  const at = campaign.systemModstamp;
  const values = { CampaignId: campaign.id, Label: label, HasResponded: hasResponded, IsDefault: label === 'Sent' };
  org.seed(org.type('CampaignMemberStatus'), values, { created: at, modified: at, by: org.users[0]?.id });
}
