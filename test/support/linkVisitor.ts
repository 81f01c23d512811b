import { randomUUID } from "node:crypto";
import type { TestService } from "./service";
import { openInput } from "./sessionCaller";

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

export interface MadeLink {
  readonly id: string;
  readonly url: string;
  readonly state: string;
}

interface LinkAnswer {
  readonly createLink: {
    readonly link: (MadeLink & { readonly problem: { readonly code: string } | null }) | null;
    readonly problem: { readonly code: string } | null;
    readonly replayed: boolean;
  };
}

export const createLinkText = `mutation ($input: CreateLinkInput!) {
  createLink(input: $input) { replayed problem { code field } link { id url state problem { code } expiresAt } }
}`;

export function linkInput(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { documents, years, consent } = openInput();
  return { documents, years, consent, idempotencyKey: randomUUID(), ...changes };
}

export async function createLink(
  service: TestService,
  changes: Record<string, unknown> = {},
  caller?: Caller,
): Promise<MadeLink> {
  const { data, errors } = await service.ask<LinkAnswer, unknown>(
    createLinkText,
    { input: linkInput(changes) },
    caller,
  );
  const link = data?.createLink.link;
  if (!link) throw new Error(`no link was made: ${JSON.stringify({ data, errors })}`);
  return link;
}

export interface LinkRead {
  readonly state: string;
  readonly problem: { readonly code: string } | null;
  readonly url: string | null;
  readonly taxpayer: { readonly pan: string } | null;
  readonly session: {
    readonly id: string;
    readonly state: string;
    readonly provider: string;
    readonly consent: {
      readonly id: string;
      readonly receipt: Record<"id" | "issuedAt" | "digest" | "jws" | "notice", string>;
    };
  } | null;
}

export async function readLink(service: TestService, id: string, caller?: Caller): Promise<LinkRead> {
  const text = `query ($id: ID!) { link(id: $id) {
    state url problem { code } taxpayer { pan }
    session { id state provider consent { id receipt { id issuedAt digest jws notice } } }
  } }`;
  const { data, errors } = await service.ask<{ link: LinkRead }, unknown>(text, { id }, caller);
  if (!data) throw new Error(JSON.stringify(errors));
  return data.link;
}

export interface LinkPage {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  has(testId: string): boolean;
}

/** A browser without JavaScript: it keeps cookies, and sends forms as they stand on the page. */
export interface LinkVisitor {
  readonly cookies: ReadonlyMap<string, string>;
  open(url: string, init?: { readonly method?: string; readonly headers?: Record<string, string> }): Promise<LinkPage>;
  /** Sends the form that holds this button, with these fields filled in, and follows where it leads. */
  press(testId: string, fields?: Readonly<Record<string, string>>): Promise<LinkPage>;
  /** As a page that refreshes itself, until it shows something else than progress. */
  settle(): Promise<LinkPage>;
}

export function linkVisitor(headers: Record<string, string> = {}): LinkVisitor {
  const cookies = new Map<string, string>();
  let at = "";
  let page: LinkPage | undefined;

  async function load(url: string, init: RequestInit = {}): Promise<LinkPage> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      redirect: "manual",
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>), ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (response.status === 303 && location) return load(new URL(location, url).href);
    at = url;
    const html = await response.text();
    const has = (testId: string) => html.includes(`data-testid="${testId}"`);
    return (page = { status: response.status, headers: response.headers, html, has });
  }

  return {
    cookies,
    open: load,
    async press(testId, fields = {}) {
      const forms = (page?.html ?? "").match(/<form[^]*?<\/form>/g) ?? [];
      const form = forms.find((each) => each.includes(`<button`) && each.includes(`data-testid="${testId}"`));
      if (form === undefined) throw new Error(`no form has ${testId}: ${page?.html ?? "no page"}`);
      const [, action = at] = /<form[^>]* action="([^"]+)"/.exec(form) ?? [];
      const inputs = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name = "", value = ""]) => [name, value],
      );
      const body = new URLSearchParams([...(inputs as [string, string][]), ...Object.entries(fields)]);
      const url = new URL(action, at);
      if (form.includes('method="get"')) {
        url.search = body.toString();
        return load(url.href);
      }
      return load(url.href, { method: "POST", body });
    },
    async settle() {
      for (let tries = 0; tries < 400; tries += 1) {
        const now = await load(at);
        if (!now.has("progress")) return now;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error("the page shows progress for ever");
    },
  };
}
