import {
  type BuiltInProperty,
  type BuiltIns,
  calculated,
  instant,
  LIFECYCLE_STAGES,
  number,
  text,
} from './built-in.ts';
import { stageDateOf } from './lifecycle.ts';

const LEAD_STATUSES = [
  'NEW',
  'OPEN',
  'IN_PROGRESS',
  'OPEN_DEAL',
  'UNQUALIFIED',
  'ATTEMPTED_TO_CONTACT',
  'CONNECTED',
  'BAD_TIMING',
];

const info = 'contactinformation';
const web = 'analyticsinformation';
const mail = 'emailinformation';
const conversion = 'conversioninformation';

/** The properties that a scoring connector meets, and two custom ones that any company would have made. */
const properties: readonly BuiltInProperty[] = [
  { name: 'hs_object_id', type: 'number', fieldType: 'number', group: info, readOnly: true },
  { name: 'createdate', type: 'datetime', fieldType: 'date', group: info, readOnly: true },
  { name: 'lastmodifieddate', type: 'datetime', fieldType: 'date', group: info, readOnly: true },
  ...['email', 'firstname', 'lastname', 'jobtitle', 'company', 'website', 'industry', 'annualrevenue'].map((name) =>
    text(name, info),
  ),
  ...['country', 'state', 'city'].map((name) => text(name, info)),
  { name: 'phone', type: 'string', fieldType: 'phonenumber', group: info },
  {
    name: 'numemployees',
    type: 'enumeration',
    fieldType: 'select',
    group: info,
    options: ['1-5', '5-25', '25-50', '50-100', '100-500', '500-1000', '1000+'],
  },
  { name: 'hubspot_owner_id', type: 'enumeration', fieldType: 'select', group: info, references: 'OWNER' },
  { name: 'lifecyclestage', type: 'enumeration', fieldType: 'radio', group: info, options: LIFECYCLE_STAGES },
  { name: 'hs_lead_status', type: 'enumeration', fieldType: 'radio', group: info, options: LEAD_STATUSES },
  ...LIFECYCLE_STAGES.map((stage) => instant(stageDateOf(stage), info)),
  { name: 'message', type: 'string', fieldType: 'textarea', group: info },
  { name: 'hs_additional_emails', type: 'enumeration', fieldType: 'checkbox', group: info, readOnly: true },
  { name: 'hs_merged_object_ids', type: 'enumeration', fieldType: 'checkbox', group: info, readOnly: true },
  { name: 'hs_email_optout', type: 'bool', fieldType: 'booleancheckbox', group: mail },
  ...['delivered', 'open', 'click', 'bounce', 'replied'].map((word) => number(`hs_email_${word}`, mail)),
  ...['first_open', 'last_open', 'first_click', 'last_click', 'last_send', 'last_reply'].map((word) =>
    instant(`hs_email_${word}_date`, mail),
  ),
  ...['num_page_views', 'num_visits', 'average_page_views', 'num_event_completions'].map((word) =>
    number(`hs_analytics_${word}`, web),
  ),
  ...['first_timestamp', 'last_timestamp', 'first_visit_timestamp', 'last_visit_timestamp'].map((word) =>
    instant(`hs_analytics_${word}`, web),
  ),
  ...['first_url', 'last_url'].map(
    (word): BuiltInProperty => ({ ...text(`hs_analytics_${word}`, web), readOnly: true }),
  ),
  {
    name: 'hs_analytics_source',
    type: 'enumeration',
    fieldType: 'select',
    group: web,
    readOnly: true,
    options: [
      'ORGANIC_SEARCH',
      'PAID_SEARCH',
      'EMAIL_MARKETING',
      'SOCIAL_MEDIA',
      'REFERRALS',
      'DIRECT_TRAFFIC',
      'OFFLINE',
    ],
  },
  ...['num_conversion_events', 'num_unique_conversion_events'].map((name) => calculated(number(name, conversion))),
  ...['first_conversion', 'recent_conversion'].flatMap((which) => [
    calculated(instant(`${which}_date`, conversion)),
    calculated(text(`${which}_event_name`, conversion)),
  ]),
  {
    name: 'timeframe',
    type: 'enumeration',
    fieldType: 'select',
    group: info,
    custom: true,
    options: ['now', '0-3 months', '3-6 months', '6-12 months', 'just looking'],
  },
  {
    name: 'product_interest',
    type: 'enumeration',
    fieldType: 'select',
    group: info,
    custom: true,
    options: ['platform', 'analytics', 'services'],
  },
  // The primary company. Apps may write it, as its definition in the API says, and so move a contact.
  { name: 'associatedcompanyid', type: 'number', fieldType: 'number', group: info, references: 'COMPANY' },
  // What sales did, see sales-counters.ts.
  ...['engagements_last_meeting_booked', 'notes_last_contacted', 'hs_sales_email_last_replied'].map((name) =>
    instant(name, info),
  ),
  number('num_contacted_notes', info),
  ...['num_associated_deals', 'recent_deal_amount'].map((name) => calculated(number(name, info))),
  calculated(instant('recent_deal_close_date', info)),
];

export const CONTACT_PROPERTIES: BuiltIns = {
  of: 'contact',
  groups: {
    contactinformation: 'Contact information',
    analyticsinformation: 'Web analytics history',
    conversioninformation: 'Conversion information',
    emailinformation: 'Email information',
  },
  properties,
};
