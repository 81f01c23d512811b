import { messagesByLocale } from "../../src/server/pages/messages";
import { createLink, linkVisitor, readLink } from "../support/linkVisitor";
import { startTestService, type TestService } from "../support/service";
import { newPerson } from "../support/sessionCaller";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

describe("a link is one browser's", () => {
  it("which may load it again", async () => {
    const { url } = await createLink(service);
    const visitor = linkVisitor();
    await visitor.open(url);
    expect((await visitor.open(url)).has("agree")).toBe(true);
  });

  it("and another one sees a problem and no form", async () => {
    const { url } = await createLink(service);
    await linkVisitor().open(url);
    const page = await linkVisitor().open(url);
    expect([page.status, page.has("problem"), page.html.includes("<form")]).toEqual([403, true, false]);
  });

  it("and another one's forms lead to nothing", async () => {
    const { url, id } = await createLink(service);
    const first = linkVisitor();
    await first.open(url);
    const response = await fetch(url, {
      method: "POST",
      headers: { cookie: `aay_browser=${"A".repeat(43)}` },
      body: new URLSearchParams({ action: "agree" }),
    });
    expect(response.status).toBe(403);
    expect((await readLink(service, id)).state).toBe("OPENED");
  });

  it("of two that open it at once, one", async () => {
    const { url } = await createLink(service);
    const pages = await Promise.all([1, 2, 3, 4].map(() => linkVisitor().open(url)));
    expect(pages.filter((page) => page.has("agree"))).toHaveLength(1);
  });

  it.each([
    ["HEAD", {}],
    ["GET", { "sec-purpose": "prefetch" }],
  ])("and is not bound by a %s that only looks ahead (%j)", async (method, headers) => {
    const { url, id } = await createLink(service);
    await linkVisitor().open(url, { method, headers: headers });
    expect((await readLink(service, id)).state).toBe("CREATED");
    expect((await linkVisitor().open(url)).has("agree")).toBe(true);
  });
});

describe("the browser's cookie", () => {
  async function cookieOf(env: Record<string, string>): Promise<string> {
    await using other = await startTestService(env);
    const { url } = await createLink(other);
    const response = await fetch(`${other.url}${new URL(url).pathname}`);
    return response.headers.getSetCookie().join("\n");
  }

  it("is read by no script and sent by no other site", async () => {
    expect(await cookieOf({})).toMatch(/^aay_browser=[\w-]{43}; Max-Age=7200; HttpOnly; Path=\/; SameSite=Lax$/);
  });

  it("is sent over TLS only where browsers come over TLS", async () => {
    expect(await cookieOf({ AAY_PUBLIC_URL: "https://tax.example" })).toMatch(/; Secure$/);
  });
});

describe("the page's headers", () => {
  it("let it run no script of others, be in no frame and be kept nowhere", async () => {
    const { url } = await createLink(service);
    const { headers } = await linkVisitor().open(url);
    const policy = headers.get("content-security-policy");
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toContain("unsafe");
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });

  it("hold no secret of the link, and neither does its text", async () => {
    const { url } = await createLink(service);
    const { headers, html } = await linkVisitor().open(url);
    const token = url.split("/").at(-1)!;
    expect(JSON.stringify([...headers])).not.toContain(token);
    expect(html).not.toContain(token);
  });

  it("name the sites that a tenant has registered for frames", async () => {
    const lender = {
      name: "Acme Finance",
      returnUrls: ["https://acme.example/done"],
      frameOrigins: ["https://acme.example"],
    };
    await using other = await startTestService({ AAY_LINK_RETURN_URLS: JSON.stringify({ lender }) });
    const { url } = await createLink(other, { returnUrl: "https://acme.example/done" });
    const { headers, html } = await linkVisitor().open(url);
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("frame-ancestors https://acme.example");
    expect(policy).toContain("form-action 'self' https://acme.example");
    expect(headers.get("x-frame-options")).toBeNull();
    expect(html).toContain("Acme Finance asks for your consent");
    await expect(createLink(other, { returnUrl: "https://acme.example/other" })).rejects.toThrow("BAD_INPUT");
    await expect(createLink(other, { returnUrl: "http://127.0.0.1:9/" })).rejects.toThrow("BAD_INPUT");
  });
});

describe("a form", () => {
  async function posted(changes: Record<string, string>, headers: Record<string, string> = {}) {
    const { url, id } = await createLink(service);
    const visitor = linkVisitor();
    const { html } = await visitor.open(url);
    const [, csrf = ""] = /value="agree"[^>]*>\s*<input type="hidden" name="csrf" value="([^"]+)"/.exec(html) ?? [];
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = new URLSearchParams({ action: "agree", csrf, lang: "EN", ...changes });
    const response = await fetch(url, { method: "POST", redirect: "manual", headers: { cookie, ...headers }, body });
    return { status: response.status, state: (await readLink(service, id)).state };
  }

  it("of the page itself is taken", async () => {
    expect(await posted({})).toEqual({ status: 303, state: "CONSENTED" });
  });

  it.each([
    ["without its token", { csrf: "" }, {}],
    ["with the token of another form", { action: "decline" }, {}],
    ["of another site", {}, { "sec-fetch-site": "cross-site" }],
  ])("%s changes nothing", async (_what, changes, headers) => {
    expect(await posted(changes as Record<string, string>, headers as Record<string, string>)).toEqual({
      status: 422,
      state: "OPENED",
    });
  });

  it("that is no form is refused", async () => {
    expect(await posted({}, { "content-type": "application/json" })).toEqual({ status: 400, state: "OPENED" });
  });

  it("that is sent twice makes one login", async () => {
    const { url, id } = await createLink(service, { provider: "DEEPVUE" });
    const visitor = linkVisitor();
    await visitor.open(url);
    await visitor.press("agree");
    const person = newPerson();
    const form = (await visitor.open(url)).html;
    const [, csrf = ""] = /value="login"[^>]*>\s*<input type="hidden" name="csrf" value="([^"]+)"/.exec(form) ?? [];
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = () => new URLSearchParams({ action: "login", csrf, ...person });
    await Promise.all([1, 2, 3].map(() => fetch(url, { method: "POST", headers: { cookie }, body: body() })));
    await visitor.settle();
    const text = "query ($pan: Pan) { sessions(pan: $pan) { nodes { id } } link: __typename }";
    const { data } = await service.ask<{ sessions: { nodes: unknown[] } }, unknown>(text, { pan: person.pan });
    expect(data!.sessions.nodes).toHaveLength(1);
    expect((await readLink(service, id)).state).toBe("CONNECTED");
  });
});

describe("too many requests", () => {
  it("for one link are refused, for that link only", async () => {
    await using other = await startTestService({ AAY_LIMIT_LINK_REQUESTS: "3" });
    const [one, two] = [await createLink(other), await createLink(other)];
    const visitor = linkVisitor();
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await visitor.open(one.url)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await linkVisitor().open(two.url)).status).toBe(200);
  });

  it("of one address are refused, of that address only", async () => {
    await using other = await startTestService({ AAY_LIMIT_ADDRESS_REQUESTS: "3" });
    const { url } = await createLink(other);
    const from = (address: string) => ({ headers: { "x-forwarded-for": `198.51.100.1, ${address}` } });
    const visitor = linkVisitor();
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await visitor.open(url, from("192.0.2.1"))).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await visitor.open(url, from("192.0.2.2"))).status).toBe(200);
  });
});

describe("the texts", () => {
  const leaves = (value: unknown, path = ""): [path: string, text: unknown][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, each]) => leaves(each, `${path}.${name}`))
      : [[path, typeof value === "function" ? (value as (...given: string[]) => unknown)("1", "2", "3") : value]];

  it("are there in both languages, and nowhere the same but in names", () => {
    const [en, hi] = [new Map(leaves(messagesByLocale.EN)), new Map(leaves(messagesByLocale.HI))];
    expect([...hi.keys()].toSorted()).toEqual([...en.keys()].toSorted());
    for (const [path, text] of [...en, ...hi]) expect([path, text]).toEqual([path, expect.stringMatching(/\S/)]);
    const same = [...en].filter(([path, text]) => hi.get(path) === text).map(([path]) => path);
    expect(same).toEqual([".login.pan", ".consent.read"]);
    for (const [path, text] of hi) {
      if (!same.includes(path) && path !== ".htmlLang")
        expect([path, text]).toEqual([path, expect.stringMatching(/[\u0900-\u097f]/)]);
    }
  });
});
