// Finsupport's own API, for what happens around a journey: tickets that it needs, and what others do meanwhile.
import { expect, type APIRequestContext, type APIResponse } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { password, people, type Person, type Who } from "./people.ts";

const finsupport = "/finsupport/1.0.0";
const desk = "/desk/1.0.0";

export type Status = "OPEN" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "CLOSED";

export interface Ticket {
  readonly ticketId: string;
  readonly number: number;
  readonly subject: string;
  readonly status: Status;
  readonly version: number;
}

/** A text that no other journey has. */
export const unique = (text: string): string => `${text} ${randomUUID().slice(0, 8)}`;

/** Somebody's own door to the API. */
export class Api {
  private constructor(
    private readonly request: APIRequestContext,
    readonly role: "customer" | "assignee" | "admin",
    private readonly headers: Record<string, string>,
  ) {}

  static async as(person: Person, request: APIRequestContext): Promise<Api> {
    const answer = await request.post(`${desk}/token`, { data: { email: person.email, password } });
    const { access_token: token } = (await json(answer)) as { access_token: string };
    return Api.with(token, request, person === people.admin ? "admin" : person.home === "/desk" ? "assignee" : "customer");
  }

  static with(token: string, request: APIRequestContext, role: Api["role"]): Api {
    return new Api(request, role, { authorization: `Bearer ${token}` });
  }

  async file(ticket: { subject: string; description?: string; category?: string }): Promise<Ticket> {
    const data = { description: "What happened, in a few words.", category: "PAYMENT", ...ticket };
    return (await this.#post(`${finsupport}/tickets`, data)) as Ticket;
  }

  async ticket({ ticketId }: Pick<Ticket, "ticketId">): Promise<Ticket> {
    return (await this.#put(`${finsupport}/tickets/${ticketId}/seen`)) as Ticket;
  }

  async edit({ ticketId }: Pick<Ticket, "ticketId">, changes: Record<string, string>): Promise<void> {
    const { version } = await this.ticket({ ticketId });
    await this.#put(`${finsupport}/tickets/${ticketId}`, changes, { "if-match": `"${version}"` });
  }

  async reply({ ticketId }: Pick<Ticket, "ticketId">, body: string, status?: Status): Promise<void> {
    await this.#post(`${finsupport}/${this.role}/tickets/${ticketId}/replies`, status ? { body, status } : { body });
  }

  async replies({ ticketId }: Pick<Ticket, "ticketId">): Promise<{ body: string }[]> {
    const answer = await this.request.get(`${finsupport}/tickets/${ticketId}/replies`, { headers: this.headers });
    return ((await json(answer)) as { items: { body: string }[] }).items;
  }

  async note({ ticketId }: Pick<Ticket, "ticketId">, body: string): Promise<void> {
    await this.#post(`${finsupport}/${this.role}/tickets/${ticketId}/notes`, { body });
  }

  async draft({ ticketId }: Pick<Ticket, "ticketId">, kind: "REPLY" | "NOTE", text: string): Promise<void> {
    await this.#put(`${desk}/tickets/${ticketId}/drafts/${kind}`, { text });
  }

  async claim({ ticketId }: Pick<Ticket, "ticketId">): Promise<void> {
    await this.#post(`${desk}/tickets/${ticketId}/claim`);
  }

  async assign({ ticketId }: Pick<Ticket, "ticketId">, who: Who | Person): Promise<void> {
    await this.#post(`${finsupport}/admin/tickets/${ticketId}/assignee`, { assigneeId: await this.#idOf(typeof who === "string" ? people[who] : who) });
  }

  async move({ ticketId }: Pick<Ticket, "ticketId">, status: Status): Promise<void> {
    await this.#put(`${finsupport}/${this.role}/tickets/${ticketId}/status`, { status });
  }

  async escalate({ ticketId }: Pick<Ticket, "ticketId">, reason: string): Promise<void> {
    await this.#put(`${finsupport}/tickets/${ticketId}/escalation`, { reason });
  }

  async close({ ticketId }: Pick<Ticket, "ticketId">): Promise<void> {
    const reason = this.role === "admin" ? { reason: "Solved by phone." } : {};
    await this.#put(`${finsupport}/${this.role}/tickets/${ticketId}/close`, reason);
  }

  async follow({ ticketId }: Pick<Ticket, "ticketId">, who: Who): Promise<void> {
    await this.#post(`${finsupport}/tickets/${ticketId}/followers`, { followerId: await this.#idOf(people[who]) });
  }

  /** How many of the caller's own tickets are found by these words. */
  async count(words: string): Promise<number> {
    const answer = await this.request.get(`${finsupport}/tickets`, { headers: this.headers, params: { q: words } });
    return ((await json(answer)) as { items: unknown[] }).items.length;
  }

  /** Ends the session that this door belongs to. */
  async signOut(): Promise<void> {
    const answer = await this.request.delete(`${desk}/session`, { headers: this.headers });
    expect(answer.ok(), `${answer.status()} ${answer.url()}`).toBe(true);
  }

  async #idOf({ name }: Person): Promise<string> {
    const answer = await this.request.get(`${desk}/people`, { headers: this.headers, params: { q: name } });
    const [found] = ((await json(answer)) as { items: { id: string }[] }).items;
    if (!found) throw new Error(`nobody is called ${name}`);
    return found.id;
  }

  async #post(path: string, data?: object): Promise<unknown> {
    return json(await this.request.post(path, { headers: this.headers, data }));
  }

  async #put(path: string, data?: object, headers: Record<string, string> = {}): Promise<unknown> {
    return json(await this.request.put(path, { headers: { ...this.headers, ...headers }, data }));
  }
}

async function json(answer: APIResponse): Promise<unknown> {
  const text = await answer.text();
  expect(answer.ok(), `${answer.status()} ${answer.url()} ${text}`).toBe(true);
  return text ? JSON.parse(text) : undefined;
}
