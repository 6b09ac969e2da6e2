import type { Contact } from './contact.ts';
import { grown, Timeline } from './timeline.ts';

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
  readonly #times = new Timeline();
  #who = new Uint32Array(1_024);
  #url = new Uint32Array(1_024);
  /** The contact's view that was stored before this one, counted from 1; 0 for none. */
  #before = new Uint32Array(1_024);
  /** By contact index: the view that was stored last, counted from 1; 0 for none. */
  #latest = new Uint32Array(1_024);

  /** @param contacts by index, as the contact store holds them */
  constructor(contacts: Contact[]) {
    this.#contacts = contacts;
  }

  get count(): number {
    return this.#times.count;
  }

  add(contact: Contact, at: number, url: string): PageView {
    const number = this.#times.add(at);
    if (number === this.#who.length) this.#grow();
    let page = this.#urlNumbers.get(url);
    if (page === undefined) {
      page = this.#urls.push(url) - 1;
      this.#urlNumbers.set(url, page);
    }
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
    const first = this.#times.placeOf(from);
    const last = this.#times.placeOf(to);
    const views: PageView[] = [];
    for (let place = skip; place < last - first && views.length < limit; place++) {
      views.push(this.#view(this.#times.numberAt(newestFirst ? last - 1 - place : first + place)));
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
    return { number, contact, at: this.#times.at(number), url: this.#urls[this.#url[number] ?? 0] ?? '' };
  }

  #grow(): void {
    const length = this.#who.length * 2;
    this.#who = grown(this.#who, length);
    this.#url = grown(this.#url, length);
    this.#before = grown(this.#before, length);
  }
}
