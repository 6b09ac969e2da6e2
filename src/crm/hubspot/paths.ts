/**
 * HubSpot's release that we speak. Releases are named by date and supported for 18 months; the numbered paths (v1 to v4)
 * end in 2027. https://developers.hubspot.com/docs/developer-tooling/platform/versioning
 */
export const API_VERSION = '2026-09';

export const PATHS = {
  contacts: `/crm/objects/${API_VERSION}/contacts`,
  contactSearch: `/crm/objects/${API_VERSION}/contacts/search`,
  contactBatchRead: `/crm/objects/${API_VERSION}/contacts/batch/read`,
  contactBatchUpdate: `/crm/objects/${API_VERSION}/contacts/batch/update`,
  companies: `/crm/objects/${API_VERSION}/companies`,
  companySearch: `/crm/objects/${API_VERSION}/companies/search`,
  companyBatchRead: `/crm/objects/${API_VERSION}/companies/batch/read`,
  companyBatchUpdate: `/crm/objects/${API_VERSION}/companies/batch/update`,
  /** Followed by the kind of record; of contacts and companies, see above. */
  objects: `/crm/objects/${API_VERSION}`,
  /** Followed by both kinds of record and `/batch/read`. */
  associations: `/crm/associations/${API_VERSION}`,
  dealPipelines: `/crm/pipelines/${API_VERSION}/deals`,
  /** Followed by the kind of record that has them. */
  properties: `/crm/properties/${API_VERSION}`,
  account: `/account-info/${API_VERSION}/details`,
  owners: `/crm/owners/${API_VERSION}`,
  users: `/crm/objects/${API_VERSION}/users`,
  tasks: `/crm/objects/${API_VERSION}/tasks`,
  taskBatchRead: `/crm/objects/${API_VERSION}/tasks/batch/read`,
  taskBatchCreate: `/crm/objects/${API_VERSION}/tasks/batch/create`,
  contactTasks: `/crm/associations/${API_VERSION}/contacts/tasks/batch/read`,
  /** Followed by `/search`, the id of a list and `/memberships` or `/memberships/add`, or `/records/memberships/batch/read`. */
  lists: `/crm/lists/${API_VERSION}`,
  events: `/events/event-occurrences/${API_VERSION}`,
  eventTypes: `/events/event-occurrences/${API_VERSION}/event-types`,
  marketingEvents: `/marketing/marketing-events/${API_VERSION}`,
  /** Followed by the id of a marketing event and `/breakdown`. */
  participations: `/marketing/marketing-events/${API_VERSION}/participations`,

  // What follows has no date-based release: forms exist as a beta only, which is renamed every half year
  // (2026-09-beta, 2027-03-beta), submissions and what became of marketing e-mails not even as that.
  forms: '/marketing/v3/forms',
  formSubmissions: '/form-integrations/v1/submissions/forms',
  emailEvents: '/email/public/v1/events',
  /** Followed by the id of a campaign, which is one e-mail as it was sent. */
  emailCampaigns: '/email/public/v1/campaigns',
} as const;
