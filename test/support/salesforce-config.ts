/** What `config/salesforce.yaml` holds as it is shipped. */
export const SALESFORCE_YAML = `# yaml-language-server: $schema=../schema/salesforce.schema.json
# How leadgauge reads from and writes to your Salesforce org. \`leadgauge check\` holds it against the org.

# What a model can ask about: our name on the left, the API name of the Salesforce field on the right. One name where leads and contacts
# both have it, else one for each; a contact can also have a field of its account. Take out what your org does not have, and add what
# your models need.
fields:
  email: Email
  company: { lead: Company, contact: Account.Name }
  job_title: Title
  employees: { lead: NumberOfEmployees, contact: Account.NumberOfEmployees }
  annual_revenue: { lead: AnnualRevenue, contact: Account.AnnualRevenue }
  industry: { lead: Industry, contact: Account.Industry }
  country: { lead: Country, contact: MailingCountry }
  website: { lead: Website, contact: Account.Website }
  lead_source: LeadSource
  unsubscribed: HasOptedOutOfEmail

# The campaigns whose responses count: our key on the left, the exact name of the campaign (or its id) on the right. A response counts as
# a form submission; \`as\` says where it is something else.
campaigns:
  demo-request: Request a demo
  free-trial: Start a free trial
  contact-sales: Contact sales
  ebook: { campaign: Download the ebook, as: download }
  webinar: { campaign: Product webinar, as: event-attendance }

# Where the results go: fields of these names on leads and on contacts. \`leadgauge setup\` creates them; it shows first what it will create.
outputs:
  score: Leadgauge_Score__c
  fit: Leadgauge_Fit__c
  engagement: Leadgauge_Engagement__c
  grade: Leadgauge_Grade__c
  reasons: Leadgauge_Reasons__c
  flags: Leadgauge_Flags__c
  mql: Leadgauge_MQL__c
  persona: Leadgauge_Persona__c
  disqualified: Leadgauge_Disqualified__c
  model_version: Leadgauge_Model_Version__c
  scored_at: Leadgauge_Scored_At__c
  mql_at: Leadgauge_MQL_At__c
  route: Leadgauge_Route__c
  fast_track: Leadgauge_Fast_Track__c
  fast_track_at: Leadgauge_Fast_Track_At__c
  lead_at: Leadgauge_Lead_At__c
  recycled_at: Leadgauge_Recycled_At__c
  stage_reason: Leadgauge_Stage_Reason__c
  nurture: Leadgauge_Nurture__c
  nurture_at: Leadgauge_Nurture_At__c
  routed_at: Leadgauge_Routed_At__c
  follow_up_by: Leadgauge_Follow_Up_By__c
  follow_up: Leadgauge_Follow_Up__c
  first_touched_at: Leadgauge_First_Touched_At__c
  attempts: Leadgauge_Attempts__c
  overdue: Leadgauge_Overdue__c
  # The one that people set and leadgauge reads: ready for sales, or not, whatever the model says.
  override: Leadgauge_Override__c
  # On accounts, and only where a model has "account": the score of the people who work there.
  account_score: Leadgauge_Account_Score__c

# Every further model in models/ writes to fields of its own. {} names them after the model, Leadgauge_Services_Score__c and so on; or
# write single ones as above.
# model_outputs:
#   services: {}

# Salesforce has no lifecycle stage: \`leadgauge setup\` makes one, on leads and on contacts. A lead that becomes an MQL is moved forward
# to \`mql\`, never back, and the day is noted. Write \`lifecycle: off\` to leave stages alone.
lifecycle:
  field: Leadgauge_Stage__c
  stages: [Lead, MQL, SQL, Customer]
  mql: MQL
  mql_date: Leadgauge_MQL_Date__c

# Together with the stage, a lead can get a Lead Status and a Rating: values of your org, and no status that means converted.
# lead_status: { mql: Working - Contacted }
# rating: { mql: Hot }

sales_status: off

# What is read of what people did. auto: where a model asks for it and your org and the user allow it, which \`leadgauge check\` tells;
# on: refuse to start without; off: never.
streams:
  campaigns: auto
  tasks: auto
  events: auto
  emails: auto
  opportunities: auto
  visitor_activities: auto

# Account Engagement (Pardot), which visitor_activities need: the id of the business unit, and the time zone of the user as whom
# leadgauge signs in.
# account_engagement:
#   business_unit: 0Uv000000000000AAA
#   time_zone: UTC

# The task that asks a lead's owner to follow up. Status and priority are values of your org.
tasks:
  status: Not Started
  priority: High
  # Who gets leads that have no owner, or a queue for one, in turn: they become the owner of the lead and of its task.
  # owners: [ann@example.com, bo@example.com]
  # Without owners, who gets the task of such a lead: the e-mail address or id of an active user.
  # fallback_owner: sales-desk@example.com

# A new field of Salesforce is seen by nobody until a permission set grants it. \`leadgauge setup\` makes one for the user as whom leadgauge
# signs in, and one for sales.
permission_sets:
  integration: Leadgauge
  sales: Leadgauge_Sales
  # Who is given the one for sales at once; everybody else gets it from an administrator.
  # sales_users: [ann@example.com, bo@example.com]

# How many records one call writes, at most 200: fewer where your org's own triggers and flows run into limits.
batch_size: 200
`;
