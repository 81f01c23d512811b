import type { UpstreamReply } from "../../../src/providers/provider";
import { testPersona } from "../../support/persona";
import { meetDeepvue, nowMs } from "./meeting";
import { documented } from "./replies";

const itr = "/v1/verification/itr";
const hourMs = 3_600_000;
const form = "client_id=sandbox-client&client_secret=sandbox-client-secret";
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

interface Body {
  readonly access_token: string;
  readonly expiry: string;
  readonly detail: unknown;
  readonly data: Record<string, unknown> & {
    readonly itr_client_id: string;
    readonly filed_itrs: readonly Record<string, unknown>[];
    readonly ais_file: string;
  };
}

function bodyOf(reply: UpstreamReply): Body {
  return JSON.parse(reply.text) as Body;
}

async function visit(settings: Parameters<typeof meetDeepvue>[0] = {}) {
  const meeting = meetDeepvue(settings);
  const authorize = (body = form, headers: Record<string, string> = urlencoded) =>
    meeting.send({ method: "POST", path: "/v1/authorize", headers, body });
  const token = bodyOf(await authorize()).access_token;
  const good = {
    authorization: `Bearer ${token}`,
    "x-api-key": "sandbox-client-secret",
    "content-type": "application/json",
  };
  const post = (name: string, body: unknown, headers: Record<string, string> = {}) =>
    meeting.send({
      method: "POST",
      path: `${itr}/${name}`,
      headers: { ...good, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const get = (name: string, query: Record<string, string>) =>
    meeting.send({ method: "GET", path: `${itr}/${name}?${new URLSearchParams(query).toString()}`, headers: good });
  const login = async (password = meeting.persona.password) =>
    bodyOf(await post("create-client", { username: meeting.persona.pan, password })).data.itr_client_id;
  return { ...meeting, authorize, post, get, login };
}

describe("the simulator's authorize", () => {
  it("prints an expiry 24 hours away, without an envelope", async () => {
    const { authorize } = await visit();
    expect(bodyOf(await authorize())).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      token_type: "bearer",
      expiry: new Date(nowMs + 24 * hourMs).toISOString().replace(".000", ""),
    });
  });

  it("takes a form with parts as well", async () => {
    const { authorize } = await visit();
    const part = (name: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const body = `${part("client_id", "sandbox-client")}${part("client_secret", "sandbox-client-secret")}--x--\r\n`;
    expect((await authorize(body, { "content-type": "multipart/form-data; boundary=x" })).status).toBe(200);
  });

  it.each<[number, string, Record<string, string>]>([
    [401, "client_id=sandbox-client&client_secret=wrong", urlencoded],
    [401, "client_id=wrong&client_secret=sandbox-client-secret", urlencoded],
    [422, "client_id=sandbox-client", urlencoded],
    [422, form, { "content-type": "application/json" }],
  ])("answers %d to %s as %j", async (status, body, headers) => {
    const { authorize } = await visit();
    expect((await authorize(body, headers)).status).toBe(status);
  });
});

describe("the simulator's door", () => {
  it.each<[number, string, Record<string, string>]>([
    [401, "Not authenticated", { authorization: "" }],
    [401, "Not authenticated", { authorization: "Basic abc" }],
    [403, "Not a valid token", { authorization: "Bearer abc" }],
    [401, "Invalid client_id or client_secret, access Denied", { "x-api-key": "wrong" }],
  ])("answers %d %s to %j", async (status, detail, headers) => {
    const { post } = await visit();
    const reply = await post("create-client", {}, headers);
    expect([reply.status, bodyOf(reply).detail]).toEqual([status, detail]);
  });

  it("refuses a token after 24 hours", async () => {
    const { post, clock } = await visit();
    clock.advance(24 * hourMs);
    expect(bodyOf(await post("create-client", {})).detail).toBe("Could not validate credentials");
  });

  it("refuses any token while they are said to have expired", async () => {
    const { post, setFault } = await visit();
    setFault("itr-download", "EXPIRED_TOKEN");
    expect((await post("itr-download", {})).status).toBe(401);
  });

  it("counts calls where it is given limits", async () => {
    const { post, clock } = await visit({ rateLimits: [{ windowMs: 1_000, mostCalls: 2 }] });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await post("create-client", {})).status);
    clock.advance(1_000);
    statuses.push((await post("create-client", {})).status);
    expect(statuses).toEqual([422, 422, 429, 422]);
  });

  it.each<[number, string, string]>([
    [404, "POST", `${itr}/get-itr-list`],
    [404, "POST", `${itr}/constructor`],
    [405, "GET", `${itr}/itr-download`],
    [405, "GET", "/v1/authorize"],
  ])("answers %d to %s %s", async (status, method, path) => {
    const { send } = await visit();
    expect((await send({ method: method as "GET", path, headers: {} })).status).toBe(status);
  });
});

describe("the simulator's create-client", () => {
  it.each<[unknown, unknown]>([
    [{ password: "longenough" }, [expect.objectContaining({ loc: ["body", "username"] })]],
    ["{", [expect.objectContaining({ loc: ["body", "username"] })]],
    [{ username: "John Doe", password: "longenough" }, "Invalid Pan pattern"],
  ])("refuses %j", async (body, detail) => {
    const { post } = await visit();
    const reply = await post("create-client", body);
    expect([reply.status, bodyOf(reply).detail]).toEqual([422, detail]);
  });

  it("refuses a short password in the documented words", async () => {
    const { post } = await visit();
    expect(bodyOf(await post("create-client", { username: "ZZZPA1234C", password: "short" }))).toEqual(
      documented.shortPassword,
    );
  });

  it("takes a wrong password, which the portal refuses at the first download", async () => {
    const { login, post } = await visit();
    const reply = await post("itr-download", { itr_client_id: await login("another one") });
    expect([reply.status, bodyOf(reply).detail]).toEqual([422, "Invalid credentials"]);
  });
});

describe("a client of the simulator", () => {
  it.each([
    ["LOCKED", 422, "Account locked"],
    ["WRONG_PASSWORD", 422, "Invalid credentials"],
    ["SOURCE_DOWN", 503, "Source Unavailable"],
  ] as const)("with a portal that is %s is answered %d %s", async (portal, status, detail) => {
    const { login, post } = await visit({ persona: testPersona({ portal }) });
    const reply = await post("26as-download", { itr_client_id: await login() });
    expect([reply.status, bodyOf(reply).detail]).toEqual([status, detail]);
  });

  it("expires after 24 hours", async () => {
    const meeting = await visit();
    const client = await meeting.login();
    meeting.clock.advance(24 * hourMs - 1);
    const headers = { authorization: `Bearer ${bodyOf(await meeting.authorize()).access_token}` };
    expect((await meeting.post("itr-download", { itr_client_id: client }, headers)).status).toBe(200);
    meeting.clock.advance(1);
    expect((await meeting.post("itr-download", { itr_client_id: client }, headers)).status).toBe(422);
  });

  it("sees the returns of its persona, newest first, named by their assessment year", async () => {
    const { login, post } = await visit();
    const { filed_itrs } = bodyOf(await post("itr-download", { itr_client_id: await login() })).data;
    expect(filed_itrs.map((each) => [each.filing_year, each.filing_type, each.filing_date])).toEqual([
      ["2025-2026", "Revised", "2025-11-20"],
      ["2025-2026", "Original", "2025-07-10"],
      ["2024-2025", "Original", "2024-07-12"],
    ]);
  });

  it("sees the word null where nothing was filed", async () => {
    const { login, post } = await visit({ persona: testPersona({ filings: [] }) });
    expect(bodyOf(await post("itr-download", { itr_client_id: await login() })).data.filed_itrs).toBe("null");
  });

  it("must list returns before it reads one", async () => {
    const { login, post, get } = await visit();
    const itr_client_id = await login();
    const read = () => get("get-itr-details", { itr_client_id, itr_id: "4100000" });
    expect((await read()).status).toBe(422);
    await post("itr-download", { itr_client_id });
    expect((await read()).status).toBe(200);
  });

  it("must order information statements before it reads one", async () => {
    const { login, get } = await visit();
    const reply = await get("get-ais-details", { itr_client_id: await login(), financial_year: "2024-25" });
    expect(reply.status).toBe(422);
  });

  it("waits for an information statement where the portal is slow", async () => {
    const { login, post, get, clock } = await visit({ persona: testPersona({ portal: "SLOW" }) });
    const itr_client_id = await login();
    const first = await post("ais-download", { itr_client_id });
    expect(bodyOf(first).data).toMatchObject({ status: "pending", ais_file: "", file_type: "" });
    clock.advance(60_000);
    const later = await get("get-ais-details", { itr_client_id, financial_year: "2024-25" });
    expect(bodyOf(later).data).toMatchObject({ status: "completed", file_type: "json", financial_year: "2024-25" });
  });

  it("finds a file behind its link for ten minutes", async () => {
    const { login, post, send, clock } = await visit();
    const { data } = bodyOf(await post("ais-download", { itr_client_id: await login() }));
    const fetchFile = () => send({ method: "GET", path: new URL(data.ais_file).pathname, headers: {} });
    expect((await fetchFile()).status).toBe(200);
    clock.advance(600_000);
    expect((await fetchFile()).status).toBe(403);
  });
});
