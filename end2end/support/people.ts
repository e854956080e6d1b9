// The accounts that `--demo` makes.

export const password = "finsupport-demo";

export interface Person {
  readonly email: string;
  readonly name: string;
  /** Where signing in leads. */
  readonly home: "/tickets" | "/desk";
}

const customer = (email: string, name: string): Person => ({ email, name, home: "/tickets" });
const staff = (email: string, name: string): Person => ({ email, name, home: "/desk" });

export const people = {
  customer: customer("customer@example.com", "Mira Okafor"),
  /** Of the same organization as the customer. */
  colleague: customer("colleague@example.com", "Tunde Bakare"),
  /** A customer of another organization. */
  other: customer("other@example.com", "Hanna Lindqvist"),
  assignee: staff("assignee@example.com", "Sam Reyes"),
  assignee2: staff("assignee2@example.com", "Lin Zhao"),
  admin: staff("admin@example.com", "Ada Lindgren"),
} as const;

export type Who = keyof typeof people;

/** Each used by one journey only, which ends their sessions, changes their password or counts what they are told. */
export const apart = {
  revoked: customer("siobhan.byrne@example.com", "Siobhán Byrne"),
  mentioned: staff("aylin.demir@example.com", "Aylin Demir"),
  notified: staff("karim.haddad@example.com", "Karim Haddad"),
  renewed: customer("keanu.kahale@example.com", "Keanu Kahale"),
} as const;
