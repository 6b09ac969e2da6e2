export interface Owner {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly userId: number;
  readonly createdAt: number;
}

/** The people of sales. */
export class Owners {
  readonly all: Owner[] = [];

  add(person: { firstName: string; lastName: string; email: string }, at: number): Owner {
    const number = this.all.length + 1;
    const { firstName, lastName, email } = person;
    const owner = {
      firstName,
      lastName,
      email,
      id: String(78_100_000 + number * 37),
      userId: 9_400_000 + number * 11,
      createdAt: at,
    };
    this.all.push(owner);
    return owner;
  }

  find(id: string): Owner | undefined {
    return this.all.find((owner) => owner.id === id);
  }
}
