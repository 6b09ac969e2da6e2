import type { CrmRecord } from './record.ts';

/** Which records of one type belong to which of another, told from both sides. Records that are not live are passed over. */
export class Links<From extends CrmRecord, To extends CrmRecord> {
  readonly #to = new Map<From, To[]>();
  readonly #from = new Map<To, From[]>();

  /** Adding a link twice changes nothing. */
  add(from: From, to: To): void {
    const known = this.#to.get(from);
    if (known?.includes(to)) return;
    append(this.#to, from, to, known);
    append(this.#from, to, from);
  }

  to(from: From): To[] {
    return (this.#to.get(from) ?? []).filter(isLive);
  }

  from(to: To): From[] {
    return (this.#from.get(to) ?? []).filter(isLive);
  }

  /** After a merge: all that belonged to the one belongs to the other, deleted records included. */
  move(old: To, next: To): void {
    if (old === next) return;
    for (const from of this.#from.get(old) ?? []) {
      const rest = (this.#to.get(from) ?? []).filter((one) => one !== old);
      this.#to.set(from, rest);
      this.add(from, next);
    }
    this.#from.delete(old);
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V, list = map.get(key)): void {
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function isLive(record: CrmRecord): boolean {
  return record.state === 'live';
}
