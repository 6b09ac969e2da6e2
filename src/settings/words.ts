import type { HubspotConfig } from '../crm/hubspot/config.ts';
import type { SalesforceConfig } from '../crm/salesforce/config.ts';

/** What a model may take from a connection's config by name. */
export const WORD_KINDS = ['field', 'form', 'custom event'] as const;
export type WordKind = (typeof WORD_KINDS)[number];

/** The words of one connection. */
export interface Words {
  /** The CRM as people call it. */
  readonly crm: string;
  readonly file: string;
  /** Under which key of the file each kind is. */
  readonly keys: Readonly<Record<WordKind, string | undefined>>;
  readonly known: Readonly<Record<WordKind, ReadonlySet<string>>>;
  /** Our key by what the CRM calls it. */
  readonly theirs: Readonly<Record<WordKind, ReadonlyMap<string, string>>>;
}

const NONE = new Map<string, string>();

export function hubspotWords(file: string, config: HubspotConfig): Words {
  const { fields, company_fields, lists, forms, custom_events } = config;
  return {
    crm: 'HubSpot',
    file,
    keys: { field: 'fields', form: 'forms', 'custom event': 'custom_events' },
    known: {
      field: new Set(['email', ...[fields, company_fields, lists].flatMap(Object.keys)]),
      form: new Set(Object.keys(forms)),
      'custom event': new Set(Object.keys(custom_events)),
    },
    theirs: {
      field: NONE,
      form: new Map(Object.entries(forms).map(([key, title]) => [title, key])),
      'custom event': new Map(Object.entries(custom_events).map(([key, { event }]) => [event, key])),
    },
  };
}

/** What somebody did in a campaign is a form of ours where its responses count as submissions. */
export function salesforceWords(file: string, { fields, campaigns }: SalesforceConfig): Words {
  const forms = Object.entries(campaigns).filter(([, { as }]) => as === 'form-submission');
  return {
    crm: 'Salesforce',
    file,
    keys: { field: 'fields', form: 'campaigns', 'custom event': undefined },
    known: {
      field: new Set(['email', ...Object.keys(fields)]),
      form: new Set(forms.map(([key]) => key)),
      'custom event': new Set(),
    },
    theirs: {
      field: NONE,
      form: new Map(forms.map(([key, { campaign }]) => [campaign, key])),
      'custom event': NONE,
    },
  };
}

/** Everything of a kind that any of them knows. */
export function knownWords(all: readonly Words[], kind: WordKind): ReadonlySet<string> {
  return new Set(all.flatMap(({ known }) => [...known[kind]]));
}
