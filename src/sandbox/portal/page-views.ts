import type { Contact } from './contact.ts';

export interface PageView {
  /** Rises with each view that is stored; not with time. */
  readonly number: number;
  readonly contact: Contact;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly url: string;
}

/** Page views in columns, since a portal of a million contacts has four million of them. */
export class PageViews {
  readonly #urls: string[] = [];
  readonly #urlNumbers = new Map<string, number>();
  readonly #contacts: Contact[];
  #at = new Float64Array(1_024);
  #who = new Uint32Array(1_024);
  #url = new Uint32Array(1_024);
  /** The contact's view that was stored before this one, counted from 1; 0 for none. */
  #before = new Uint32Array(1_024);
  /** By contact index: the view that was stored last, counted from 1; 0 for none. */
  #latest = new Uint32Array(1_024);
  /** Numbers of views in order of time; sorted when first asked for. */
  #order = new Uint32Array(0);
  #ordered = 0;
  #count = 0;

  /** @param contacts by index, as the contact store holds them */
  constructor(contacts: Contact[]) {
    this.#contacts = contacts;
  }

  get count(): number {
    return this.#count;
  }

  add(contact: Contact, at: number, url: string): PageView {
    const number = this.#count++;
    if (number === this.#at.length) this.#grow();
    let page = this.#urlNumbers.get(url);
    if (page === undefined) {
      page = this.#urls.push(url) - 1;
      this.#urlNumbers.set(url, page);
    }
    this.#at[number] = at;
    this.#url[number] = page;
    this.#link(number, contact);
    return { number, contact, at, url };
  }

  /** What one contact looked at, in order of time. */
  ofContact(contact: Contact): PageView[] {
    const views = this.#numbersOf(contact).map((number) => this.#view(number));
    return views.sort((a, b) => a.at - b.at || a.number - b.number);
  }

  /** What everyone looked at from `from` (inclusive) to `to` (exclusive), in order of time, skipping some, at most `limit`. */
  between(from: number, to: number, skip: number, limit: number, newestFirst: boolean): PageView[] {
    this.#sort();
    const first = this.#firstAtOrAfter(from);
    const last = this.#firstAtOrAfter(to);
    const views: PageView[] = [];
    for (let place = skip; place < last - first && views.length < limit; place++) {
      views.push(this.#view(this.#order[newestFirst ? last - 1 - place : first + place] ?? 0));
    }
    return views;
  }

  /** After a merge: all that the one did counts for the other. */
  move(from: Contact, to: Contact): void {
    if (from === to) return;
    for (const number of this.#numbersOf(from)) this.#link(number, to);
    this.#latest[from.index] = 0;
  }

  /** Latest first. */
  #numbersOf(contact: Contact): number[] {
    const numbers: number[] = [];
    for (let next = this.#latest[contact.index] ?? 0; next > 0; next = this.#before[next - 1] ?? 0) {
      numbers.push(next - 1);
    }
    return numbers;
  }

  #link(number: number, { index }: Contact): void {
    if (index >= this.#latest.length) this.#latest = grown(this.#latest, Math.max(this.#latest.length * 2, index + 1));
    this.#who[number] = index;
    this.#before[number] = this.#latest[index] ?? 0;
    this.#latest[index] = number + 1;
  }

  #view(number: number): PageView {
    const contact = this.#contacts[this.#who[number] ?? 0];
    if (contact === undefined) throw new Error(`Page view ${number} belongs to no contact`);
    return { number, contact, at: this.#at[number] ?? 0, url: this.#urls[this.#url[number] ?? 0] ?? '' };
  }

  #sort(): void {
    if (this.#ordered === this.#count) return;
    const order = new Uint32Array(Math.max(this.#count + 1_024, this.#order.length));
    order.set(this.#order.subarray(0, this.#ordered));
    let sorted = true;
    for (let number = this.#ordered; number < this.#count; number++) {
      order[number] = number;
      const before = number === 0 ? Number.NEGATIVE_INFINITY : (this.#at[order[number - 1] ?? 0] ?? 0);
      sorted &&= before <= (this.#at[number] ?? 0);
    }
    const at = this.#at;
    if (!sorted) order.subarray(0, this.#count).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
    this.#order = order;
    this.#ordered = this.#count;
  }

  #firstAtOrAfter(time: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#at[this.#order[middle] ?? 0] ?? 0) >= time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #grow(): void {
    const length = this.#at.length * 2;
    const at = new Float64Array(length);
    at.set(this.#at);
    this.#at = at;
    this.#who = grown(this.#who, length);
    this.#url = grown(this.#url, length);
    this.#before = grown(this.#before, length);
  }
}

function grown(column: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(length);
  longer.set(column);
  return longer;
}
