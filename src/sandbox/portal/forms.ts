import { uuidOf, uuidOfCount } from './uuid.ts';

export interface Form {
  readonly guid: string;
  readonly name: string;
  /** Only `hubspot` forms come back from a list that names no types. */
  readonly formType: 'hubspot' | 'captured' | 'flow' | 'blog_comment';
  /** Where the form stands on the website. */
  readonly path: string;
}

export interface Submission {
  readonly conversionId: string;
  /** Rises with each submission of the portal. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly pageUrl: string;
  /** Pairs of name and value, as typed. */
  readonly values: readonly (readonly [string, string])[];
}

/** By the key that tests and the demo call them by. */
export const FORMS = {
  demo: form('Request a demo', 'hubspot', '/demo'),
  trial: form('Start a free trial', 'hubspot', '/trial'),
  sales: form('Contact sales', 'hubspot', '/contact-sales'),
  ebook: form('Download the ebook', 'hubspot', '/resources/ebook'),
  webinar: form('Register for the webinar', 'hubspot', '/webinar'),
  newsletter: form('Newsletter sign-up', 'hubspot', '/blog'),
  partner: form('Partner enquiry', 'captured', '/partners'),
  whitepaper: form('Download the whitepaper', 'hubspot', '/resources/whitepaper'),
  calculator: form('ROI calculator', 'hubspot', '/roi-calculator'),
  event: form('Register for the event', 'hubspot', '/event'),
  popup: form('Newsletter pop-up', 'flow', '/blog'),
  comment: form('Blog comments', 'blog_comment', '/blog'),
} as const satisfies Record<string, Form>;

export type FormKey = keyof typeof FORMS;

/** A form that the sandbox knows; its guid comes from its name, so that config may name it. */
function form(name: string, formType: Form['formType'], path: string): Form {
  return { guid: uuidOf(`leadgauge sandbox form ${name}`), name, formType, path };
}

/** What `recent_conversion_event_name` says of a form. */
export function conversionName({ path, name }: Form): string {
  return `${path}: ${name}`;
}

/** Forms and what was sent through them. */
export class Forms {
  readonly #forms = new Map<string, Form>();
  /** By guid, oldest first. */
  readonly #submissions = new Map<string, Submission[]>();
  /** By e-mail address in lower case: a bit for each form that was sent from it. */
  readonly #sentFrom = new Map<string, number>();
  readonly #unsorted = new Set<string>();
  readonly #realm: number;
  #count = 0;

  constructor(realm: number) {
    this.#realm = realm;
    for (const known of Object.values(FORMS)) this.add(known);
  }

  all(): Form[] {
    return [...this.#forms.values()];
  }

  add(added: Form): void {
    this.#forms.set(added.guid, added);
    this.#submissions.set(added.guid, []);
  }

  /** By guid, by the key of a form above, or by its name. */
  find(guidKeyOrName: string): Form | undefined {
    const known: Readonly<Record<string, Form>> = FORMS;
    return (
      this.#forms.get(guidKeyOrName) ??
      (Object.hasOwn(known, guidKeyOrName) ? known[guidKeyOrName] : undefined) ??
      this.all().find((one) => one.name.toLowerCase() === guidKeyOrName.toLowerCase())
    );
  }

  get count(): number {
    return this.#count;
  }

  submit(to: Form, at: number, pageUrl: string, values: Submission['values']): Submission {
    const number = this.#count++;
    const submission = { conversionId: uuidOfCount(this.#realm, number), number, at, pageUrl, values };
    const list = this.#submissions.get(to.guid) ?? [];
    if ((list.at(-1)?.at ?? 0) > at) this.#unsorted.add(to.guid);
    list.push(submission);
    const email = values
      .find(([name]) => name === 'email')?.[1]
      .trim()
      .toLowerCase();
    if (email !== undefined) {
      const bit = 1 << ([...this.#forms.keys()].indexOf(to.guid) % 31);
      this.#sentFrom.set(email, (this.#sentFrom.get(email) ?? 0) | bit);
    }
    return submission;
  }

  /** From how many forms something came from any of these addresses, given in lower case. */
  formsSentFrom(emails: readonly string[]): number {
    let bits = emails.reduce((all, email) => all | (this.#sentFrom.get(email) ?? 0), 0);
    let forms = 0;
    for (; bits !== 0; bits &= bits - 1) forms++;
    return forms;
  }

  /** Newest first, of those older than the cursor. */
  page(
    guid: string,
    before: { at: number; number: number } | undefined,
    limit: number,
  ): { page: Submission[]; more: boolean } {
    const list = this.#submissions.get(guid) ?? [];
    if (this.#unsorted.delete(guid)) list.sort((a, b) => a.at - b.at || a.number - b.number);
    let end = list.length;
    if (before !== undefined) {
      let low = 0;
      while (low < end) {
        const middle = (low + end) >>> 1;
        const one = list[middle];
        const older = one !== undefined && (one.at < before.at || (one.at === before.at && one.number < before.number));
        if (older) low = middle + 1;
        else end = middle;
      }
    }
    return { page: list.slice(Math.max(0, end - limit), end).reverse(), more: end > limit };
  }

  /** Every submission of a form, oldest first. */
  submissions(guid: string): readonly Submission[] {
    if (this.#unsorted.delete(guid)) this.#submissions.get(guid)?.sort((a, b) => a.at - b.at || a.number - b.number);
    return this.#submissions.get(guid) ?? [];
  }

  /** After a privacy deletion: nothing typed under these addresses stays. */
  erase(emails: ReadonlySet<string>): void {
    for (const email of emails) this.#sentFrom.delete(email);
    for (const [guid, list] of this.#submissions) {
      const kept = list.filter((one) => {
        return !one.values.some(([name, value]) => name === 'email' && emails.has(value.trim().toLowerCase()));
      });
      if (kept.length !== list.length) this.#submissions.set(guid, kept);
    }
  }
}
