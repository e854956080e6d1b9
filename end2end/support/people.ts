// The accounts that `--demo` makes.

export const password = "finsupport-demo";

export interface Person {
  readonly email: string;
  /** Where signing in leads. */
  readonly home: "/tickets" | "/desk";
}

const customer = (email: string): Person => ({ email, home: "/tickets" });
const staff = (email: string): Person => ({ email, home: "/desk" });

export const people = {
  customer: customer("customer@example.com"),
  /** Of the same organization as the customer. */
  colleague: customer("colleague@example.com"),
  /** A customer of another organization. */
  other: customer("other@example.com"),
  assignee: staff("assignee@example.com"),
  assignee2: staff("assignee2@example.com"),
  admin: staff("admin@example.com"),
} as const;

export type Who = keyof typeof people;
