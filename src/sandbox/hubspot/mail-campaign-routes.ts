import { type Answer, notFound } from '../http/answer.ts';
import type { Route } from '../http/router.ts';
import type { MailCampaign } from '../portal/mail-campaigns.ts';
import type { MailEventType } from '../portal/mail-events.ts';
import type { Portal } from '../portal/portal.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { readLimit } from './read-body.ts';
import { needTier } from './tier.ts';

const base = '/email/public/v1/campaigns';
/** HubSpot's own application that sends one mail to many. */
export const MAIL_APP = { appId: 113, appName: 'Batch' };
/** What a mail says of who sent it. */
export const MAIL_SENDER = { from: 'Gaugeworks <news@gaugeworks.example>', replyTo: [], cc: [], bcc: [] };

/** The marketing e-mails that events belong to. https://developers.hubspot.com/docs/api-reference/legacy/email-analytics-v1/guide */
export function mailCampaignRoutes(portal: Portal): Route[] {
  const read = { method: 'GET', kind: 'setup', scopes: ['content'] } as const;
  const { campaigns } = portal.mail;
  return [
    {
      ...read,
      template: base,
      handle: ({ query }) =>
        list(
          portal,
          query,
          campaigns.all.toSorted((a, b) => b.lastActivityAt - a.lastActivityAt),
        ),
    },
    // In no order that means anything.
    { ...read, template: `${base}/by-id`, handle: ({ query }) => list(portal, query, campaigns.all) },
    {
      ...read,
      template: `${base}/{id}`,
      handle: ({ params }) => {
        needTier(portal, 'professional', 'marketing e-mails');
        const campaign = campaigns.all.find(({ id }) => String(id) === params.id);
        if (campaign === undefined) throw notFound(`There is no e-mail campaign ${params.id}`);
        return { status: 200, body: campaignAnswer(portal, campaign) };
      },
    },
  ];
}

function list(portal: Portal, query: URLSearchParams, all: readonly MailCampaign[]): Answer {
  needTier(portal, 'professional', 'marketing e-mails');
  const limit = readLimit(query, { standard: 10, most: 1_000 });
  const [skip = 0] = readCursor('campaigns', query.get('offset')) ?? [];
  const page = all.slice(skip, skip + limit);
  const campaigns = page.map(({ id, lastActivityAt }) => ({ id, ...MAIL_APP, lastUpdatedTime: lastActivityAt }));
  const offset = writeCursor('campaigns', skip + page.length);
  return { status: 200, body: { hasMore: skip + page.length < all.length, offset, campaigns } };
}

function campaignAnswer({ mail }: Portal, campaign: MailCampaign) {
  const counts = new Map<MailEventType, number>();
  for (const event of mail.newestFirst(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
    if (event.campaign === campaign && event.details.filteredEvent !== true)
      counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
  }
  const count = (type: MailEventType) => counts.get(type) ?? 0;
  return {
    id: campaign.id,
    ...MAIL_APP,
    contentId: 71_000_000_000 + campaign.id,
    name: campaign.name,
    subject: campaign.subject,
    type: 'BATCH_EMAIL',
    subType: 'BATCH',
    numIncluded: count('SENT'),
    numQueued: count('SENT'),
    counters: {
      processed: count('SENT'),
      sent: count('SENT'),
      delivered: count('DELIVERED'),
      open: count('OPEN'),
      click: count('CLICK'),
      bounce: count('BOUNCE'),
      unsubscribed: count('STATUSCHANGE'),
    },
  };
}
