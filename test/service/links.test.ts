import { createHash } from "node:crypto";
import {
  createLink,
  createLinkText,
  linkInput,
  linkVisitor,
  type LinkVisitor,
  type MadeLink,
  readLink,
} from "../support/linkVisitor";
import { startTestService, type TestService } from "../support/service";
import { codesOf, letTimePass, newPerson, orderFault, readOtp, subscribe, wrongOtp } from "../support/sessionCaller";

const minuteMs = 60_000;
const returnUrl = "http://127.0.0.1:9/back";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

interface Walk {
  readonly link: MadeLink;
  readonly visitor: LinkVisitor;
  readonly pan: string;
  readonly password: string;
}

/** A visitor who has opened a link of their own. */
async function opened(changes: Record<string, unknown> = {}): Promise<Walk> {
  const link = await createLink(service, { provider: "DEEPVUE", ...changes });
  const visitor = linkVisitor();
  await visitor.open(link.url);
  return { link, visitor, ...newPerson() };
}

/** One who has agreed as well, and is asked for a password. */
async function agreed(changes: Record<string, unknown> = {}): Promise<Walk> {
  const walk = await opened(changes);
  await walk.visitor.press("agree");
  return walk;
}

async function logIn({ visitor, pan, password }: Walk) {
  await visitor.press("continue", { pan, password });
  return visitor.settle();
}

/** Vendors that work by themselves have their time pass. */
async function logInPatiently(walk: Walk) {
  await walk.visitor.press("continue", { pan: walk.pan, password: walk.password });
  await letTimePass(service);
  return walk.visitor.settle();
}

/** One whom the portal has sent a one-time password. */
async function atOtp(): Promise<Walk> {
  const walk = await agreed({ provider: "KWIKID" });
  expect((await logIn(walk)).has("otp")).toBe(true);
  return walk;
}

async function stateOf({ link }: Walk): Promise<string> {
  return (await readLink(service, link.id)).state;
}

/** The whole text of a page, as people read it. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)));
}

describe("a link", () => {
  it.each(["DEEPVUE", "TUTELAR", "FINPASS"])("leads through a login at %s to CONNECTED", async (provider) => {
    const walk = await agreed({ provider });
    expect((await logInPatiently(walk)).has("done")).toBe(true);
    expect(await readLink(service, walk.link.id)).toMatchObject({
      state: "CONNECTED",
      session: { state: "READY", provider },
      taxpayer: { pan: `${walk.pan.slice(0, 5)}****S` },
    });
  });

  it("leads through the one-time password of KWIKID to CONNECTED", async () => {
    const walk = await atOtp();
    await walk.visitor.press("continue", { otp: await readOtp(service, walk.pan) });
    expect((await walk.visitor.settle()).has("done")).toBe(true);
    expect(await stateOf(walk)).toBe("CONNECTED");
  });

  it("does not ask for a PAN that the caller has given, and shows it masked", async () => {
    const person = newPerson();
    const link = await createLink(service, { provider: "DEEPVUE", pan: person.pan });
    const visitor = linkVisitor();
    const notice = await visitor.open(link.url);
    expect(notice.html).toContain(`${person.pan.slice(0, 5)}****S`);
    expect(notice.html).not.toContain(person.pan);
    const login = await visitor.press("agree");
    expect([login.has("pan"), login.has("password")]).toEqual([false, true]);
    await visitor.press("continue", { password: person.password });
    expect((await visitor.settle()).has("done")).toBe(true);
  });

  it("tells each of its states to a subscriber, in order", async () => {
    const link = await createLink(service, { provider: "DEEPVUE" });
    const text = "subscription ($id: ID!) { linkChanged(id: $id) { state } }";
    const states: string[] = [];
    const watching = (async () => {
      for await (const { data } of subscribe<{ linkChanged: { state: string } }>(service, text, { id: link.id })) {
        states.push(data!.linkChanged.state);
      }
    })();
    while (states.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const visitor = linkVisitor();
    await visitor.open(link.url);
    await visitor.press("agree");
    await visitor.press("continue", newPerson());
    await visitor.settle();
    await watching;
    expect(states).toEqual(["CREATED", "OPENED", "CONSENTED", "CONNECTED"]);
  });

  it("puts each of its steps in the event feed, with what it names", async () => {
    const walk = await agreed();
    await logIn(walk);
    interface Feed {
      events: { nodes: { link: { id: string; state: string } | null; session: { id: string } | null }[] };
    }
    const text =
      "query ($after: String) { events(kinds: [LINK_CHANGED], after: $after) { nodes { link { id state } session { id } } pageInfo { endCursor hasNextPage } } }";
    const own: Feed["events"]["nodes"] = [];
    for (let after: string | undefined, more = true; more;) {
      type Page = Feed & { events: { pageInfo: { endCursor: string; hasNextPage: boolean } } };
      const { data } = await service.ask<Page, unknown>(text, { after });
      own.push(...data!.events.nodes.filter(({ link }) => link?.id === walk.link.id));
      ({ endCursor: after, hasNextPage: more } = data!.events.pageInfo);
    }
    expect(own).toHaveLength(4);
    expect(own.at(-1)).toMatchObject({
      link: { state: "CONNECTED" },
      session: { id: expect.stringContaining("ss_") as string },
    });
  });

  it("tells its address once: the same key brings the same link without it", async () => {
    const input = linkInput({ provider: "DEEPVUE" });
    interface Answer {
      createLink: { replayed: boolean; link: MadeLink | null; problem: { code: string } | null };
    }
    const ask = async (more = {}) =>
      (await service.ask<Answer, unknown>(createLinkText, { input: { ...input, ...more } })).data!.createLink;
    const [first, second, other] = [await ask(), await ask(), await ask({ years: 3 })];
    expect(first.link!.url).toMatch(/\/link\/[\w-]{43}$/);
    expect(second).toMatchObject({ replayed: true, link: { id: first.link!.id, url: null } });
    expect(other).toMatchObject({ link: null, problem: { code: "CONFLICT" } });
    expect((await readLink(service, first.link!.id)).url).toBeNull();
  });

  it("of another tenant is not there", async () => {
    const { id } = await createLink(service);
    const { errors } = await service.ask("query ($id: ID!) { link(id: $id) { id } }", { id }, { tenant: "other" });
    expect(codesOf(errors)).toEqual(["NOT_FOUND"]);
  });

  it.each(["https://evil.example/", "javascript:alert(1)", "http://127.0.0.1:9/back?case=7", "http://user@127.0.0.1/"])(
    "does not return to %s",
    async (address) => {
      const { errors } = await service.ask(createLinkText, { input: linkInput({ returnUrl: address }) });
      expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field: "returnUrl" });
    },
  );

  it("leads back with its id and its state, and nothing more", async () => {
    const walk = await agreed({ returnUrl });
    const done = await logIn(walk);
    expect(textOf(done.html)).toContain("Done");
    expect(done.html).toContain(`data-forward="${returnUrl}?link=${walk.link.id}&#38;state=CONNECTED"`);
    expect(done.html).toMatch(new RegExp(`action="${returnUrl}">\\s+<input type="hidden" name="link" value="lk_`));
  });
});

describe("the consent page", () => {
  it("shows every line of the receipt's notice", async () => {
    const walk = await opened();
    const { html } = await walk.visitor.open(walk.link.url);
    await walk.visitor.press("agree");
    await logIn(walk);
    const { session } = await readLink(service, walk.link.id);
    const { notice } = session!.consent.receipt;
    expect(notice.split("\n").length).toBeGreaterThan(5);
    for (const line of notice.split("\n")) expect(textOf(html)).toContain(line);
  });

  it("switches to Hindi, and the receipt has the Hindi notice that was agreed to", async () => {
    const walk = await opened();
    const hindi = await walk.visitor.open(`${walk.link.url}?lang=HI`);
    expect(hindi.html).toContain('<html lang="hi">');
    await walk.visitor.press("agree");
    await logIn(walk);
    const { notice } = (await readLink(service, walk.link.id)).session!.consent.receipt;
    for (const line of notice.split("\n")) expect(textOf(hindi.html)).toContain(line);
    expect(notice).toMatch(/[\u0900-\u097f]/);
  });

  it("in Hindi from the start where the caller asks for it", async () => {
    const walk = await opened({ locale: "HI" });
    expect((await walk.visitor.open(walk.link.url)).html).toContain("मैं सहमत हूँ");
  });

  it("takes a no, and tells the caller", async () => {
    const walk = await opened({ returnUrl });
    const page = await walk.visitor.press("decline");
    expect(page.html).toContain(`state=DECLINED`);
    expect(page.has("password")).toBe(false);
    expect(await stateOf(walk)).toBe("DECLINED");
  });
});

describe("a login on the page", () => {
  it("with a wrong password asks again with an empty field", async () => {
    const walk = await agreed();
    const again = await logIn({ ...walk, password: "not the password" });
    expect([again.has("problem"), again.has("password")]).toEqual([true, true]);
    expect(again.html).not.toContain("not the password");
    expect(textOf(again.html)).toContain("2 attempts left");
    expect(await stateOf(walk)).toBe("CONSENTED");
    expect((await logIn(walk)).has("done")).toBe(true);
  });

  it("under one consent, however often it is tried", async () => {
    const walk = await agreed();
    await logIn({ ...walk, password: "not the password" });
    const first = (await readLink(service, walk.link.id)).session!;
    await logIn(walk);
    const second = (await readLink(service, walk.link.id)).session!;
    expect(second.id).not.toBe(first.id);
    expect(second.consent.id).toBe(first.consent.id);
  });

  it("with three wrong passwords fails the link", async () => {
    const walk = await agreed({ returnUrl });
    let page = await logIn({ ...walk, password: "not the password" });
    for (let more = 0; more < 2; more += 1) page = await logIn({ ...walk, password: "not the password" });
    expect([page.has("problem"), page.has("password")]).toEqual([true, false]);
    expect(page.html).toContain(">FAILED<".replace(/[<>]/g, '"'));
    expect(await readLink(service, walk.link.id)).toMatchObject({
      state: "FAILED",
      problem: { code: "INVALID_CREDENTIALS" },
    });
  });

  it("of a locked account fails the link", async () => {
    const walk = await agreed();
    const page = await logIn({ ...walk, pan: "ZZZPV7003C", password: "Sandbox@7003" });
    expect([page.has("problem"), page.has("password")]).toEqual([true, false]);
    expect(await readLink(service, walk.link.id)).toMatchObject({
      state: "FAILED",
      problem: { code: "ACCOUNT_LOCKED" },
    });
  });

  it("while the portal is down may be tried again later, and at no other provider", async () => {
    const walk = await agreed();
    const page = await logIn({ ...walk, pan: "ZZZPA1004D", password: "Sandbox@1004" });
    expect([page.has("problem"), page.has("agree"), page.has("continue")]).toEqual([true, false, true]);
    expect(textOf(page.html)).toMatch(/this page is open until \d\d:\d\d/);
    expect((await walk.visitor.press("continue")).has("password")).toBe(true);
  });

  it("at a provider that is down goes on at another one once the taxpayer agrees", async () => {
    const walk = await agreed({ provider: "KWIKID" });
    await orderFault(service, { vendor: "KWIKID", operation: "*", fault: "STATUS", status: 503, times: 1 });
    const page = await logIn(walk);
    expect([page.has("problem"), page.has("agree"), page.has("password")]).toEqual([true, true, false]);
    expect((await readLink(service, walk.link.id)).session!.provider).toBe("KWIKID");
    expect((await walk.visitor.press("agree")).has("password")).toBe(true);
    expect((await logInPatiently(walk)).has("done")).toBe(true);
    expect((await readLink(service, walk.link.id)).session!.provider).not.toBe("KWIKID");
  });

  it("of nobody's PAN may be tried with another one", async () => {
    const walk = await agreed();
    expect((await logIn({ ...walk, pan: "nonsense" })).status).toBe(200);
    const page = await walk.visitor.press("continue", { pan: "nonsense", password: "x" });
    expect([page.status, page.has("problem"), page.has("pan")]).toEqual([422, true, true]);
    expect((await logIn(walk)).has("done")).toBe(true);
  });

  it("does not make use of a session that somebody else has opened for this person", async () => {
    const first = await agreed();
    await logIn(first);
    const stranger = await agreed();
    const page = await logIn({ ...stranger, pan: first.pan, password: "a guess" });
    expect(page.has("problem")).toBe(true);
    expect(await readLink(service, stranger.link.id)).toMatchObject({
      state: "CONSENTED",
      problem: { code: "INVALID_CREDENTIALS" },
    });
  });
});

describe("a one-time password", () => {
  it("that is wrong may be entered again", async () => {
    const walk = await atOtp();
    const otp = await readOtp(service, walk.pan);
    await walk.visitor.press("continue", { otp: wrongOtp(otp) });
    const again = await walk.visitor.settle();
    expect([again.has("problem"), again.has("otp")]).toEqual([true, true]);
    expect(again.html).not.toContain(wrongOtp(otp));
    await walk.visitor.press("continue", { otp });
    expect((await walk.visitor.settle()).has("done")).toBe(true);
  });

  it("that does not come is sent anew with a new login", async () => {
    const walk = await atOtp();
    const page = await walk.visitor.press("resend");
    expect([page.has("problem"), page.has("password")]).toEqual([true, true]);
    expect((await logIn(walk)).has("otp")).toBe(true);
    await walk.visitor.press("continue", { otp: await readOtp(service, walk.pan) });
    expect((await walk.visitor.settle()).has("done")).toBe(true);
  });

  it("that is none does not reach the provider", async () => {
    const walk = await atOtp();
    const page = await walk.visitor.press("continue", { otp: "abc" });
    expect([page.status, page.has("otp"), page.has("problem")]).toEqual([422, true, true]);
  });
});

describe("a link that is over", () => {
  it("by its time shows a problem and no form, by the service's clock", async () => {
    const walk = await agreed();
    await letTimePass(service, 31 * minuteMs);
    const page = await walk.visitor.open(walk.link.url);
    expect([page.has("problem"), page.has("password")]).toEqual([true, false]);
    expect(await stateOf(walk)).toBe("EXPIRED");
  });

  it("is not opened any more", async () => {
    const link = await createLink(service);
    await letTimePass(service, 31 * minuteMs);
    const page = await linkVisitor().open(link.url);
    expect([page.status, page.has("problem"), page.has("agree")]).toEqual([410, true, false]);
  });

  it("by the erasure of its taxpayer is cancelled, and asks for nothing", async () => {
    const person = newPerson();
    const walk = await agreed({ pan: person.pan });
    const erase = 'mutation ($pan: Pan!) { eraseTaxpayer(input: { pan: $pan, reason: "" }) { receipt { id } } }';
    await service.ask(erase, { pan: person.pan });
    const page = await walk.visitor.open(walk.link.url);
    expect([page.has("problem"), page.has("password")]).toEqual([true, false]);
  });

  it("by its caller shows a problem, and ends the login with it", async () => {
    const walk = await atOtp();
    const cancel = "mutation ($id: ID!) { cancelLink(input: { linkId: $id }) { replayed link { state } } }";
    const { data } = await service.ask(cancel, { id: walk.link.id });
    expect(data).toEqual({ cancelLink: { replayed: false, link: { state: "CANCELLED" } } });
    const page = await walk.visitor.open(walk.link.url);
    expect([page.has("problem"), page.has("otp")]).toEqual([true, false]);
    expect((await readLink(service, walk.link.id)).session!.state).toBe("ENDED");
    const { data: again } = await service.ask(cancel, { id: walk.link.id });
    expect(again).toEqual({ cancelLink: { replayed: true, link: { state: "CANCELLED" } } });
  });
});

describe("the audit trail", () => {
  it("tells what the taxpayer has done, under a name of their own", async () => {
    const walk = await agreed();
    await logIn(walk);
    interface Records {
      auditRecords: { nodes: { kind: string; caller: string; consents: string[]; receipts: string[] }[] };
    }
    const text = "{ auditRecords(first: 40) { nodes { kind caller consents receipts } } }";
    const { data } = await service.ask<Records, unknown>(text);
    const own = data!.auditRecords.nodes.filter(({ caller }) => caller === `taxpayer:${walk.link.id}`);
    const kinds = own.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["LINK_OPENED", "LINK_AGREED", "SESSION_OPENED", "LINK_CONNECTED"]));
  });

  it("cites the receipt in the record of a read", async () => {
    const walk = await agreed();
    await logIn(walk);
    const { digest, jws } = (await readLink(service, walk.link.id)).session!.consent.receipt;
    await service.ask("query ($pan: Pan!) { taxpayer(pan: $pan) { filings { nodes { form } } } }", { pan: walk.pan });
    const text = "query ($pan: Pan!) { auditRecords(pan: $pan, kinds: [READ]) { nodes { receipts } } }";
    const { data } = await service.ask(text, { pan: walk.pan });
    expect(data).toEqual({ auditRecords: { nodes: [{ receipts: [digest] }] } });
    const payload = Buffer.from(jws.split(".")[1]!, "base64url");
    expect(createHash("sha256").update(payload).digest("hex")).toBe(digest);
  });
});
