export interface Owner {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly userId: number;
  /** IANA name; undefined where the user never set one. */
  readonly timeZone: string | undefined;
  readonly createdAt: number;
  /** When they left, in milliseconds since 1970; undefined while they are there. */
  archivedAt: number | undefined;
}

export interface NewOwner {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly timeZone?: string;
}

/** The people of sales, those who left included. */
export class Owners {
  readonly all: Owner[] = [];

  add({ firstName, lastName, email, timeZone }: NewOwner, at: number): Owner {
    const number = this.all.length + 1;
    const owner: Owner = {
      firstName,
      lastName,
      email,
      timeZone,
      id: String(78_100_000 + number * 37),
      userId: 9_400_000 + number * 11,
      createdAt: at,
      archivedAt: undefined,
    };
    this.all.push(owner);
    return owner;
  }

  /** One who is there, or with `archived` one who left. */
  find(id: string, { archived = false }: { readonly archived?: boolean } = {}): Owner | undefined {
    return this.list({ archived }).find((owner) => owner.id === id);
  }

  list({ archived }: { readonly archived: boolean }): Owner[] {
    return this.all.filter(({ archivedAt }) => (archivedAt !== undefined) === archived);
  }
}
