import { request } from "node:http";
import { instantAt } from "../../src/domain/calendarDate";
import { manualClock } from "../../src/kernel/clock";
import { jumpingClock } from "../../src/sandbox/clock";
import { createPhone } from "../../src/sandbox/phone";
import { openSandboxUnderTest } from "./sandboxUnderTest";

const dayMs = 86_400_000;

describe("the clock of the sandbox", () => {
  it("jumps ahead", async () => {
    await using sandbox = await openSandboxUnderTest();
    const reply = await sandbox.post("clock", { advanceMs: 10 * dayMs });
    expect(await reply.json()).toMatchObject({ aheadMs: 10 * dayMs });
    expect(sandbox.clock.now() - Date.now()).toBeGreaterThan(9 * dayMs);
  });

  it("jumps to a day, for the simulators as well", async () => {
    await using sandbox = await openSandboxUnderTest(({ clock }) => ({ status: 200, body: instantAt(clock.now()) }));
    await sandbox.post("clock", { to: "2027-04-01T00:00:00+05:30" });
    expect(await (await sandbox.control("clock")).json()).toMatchObject({ today: "2027-04-01" });
    expect(await (await sandbox.call()).text()).toMatch(/^2027-03-31T18:30/);
  });

  it.each([{}, { to: "tomorrow" }, { advanceMs: "1" }, { advanceMs: 1e15 }, { to: "1850-01-01" }])(
    "stays where it is when told %j",
    async (order) => {
      await using sandbox = await openSandboxUnderTest();
      expect((await sandbox.post("clock", order)).status).toBe(400);
      expect(sandbox.clock.aheadMs).toBe(0);
    },
  );

  it("keeps real timers", () => {
    const real = manualClock(0);
    const clock = jumpingClock(real);
    const rung = jest.fn();
    clock.after(1_000, rung);
    void clock.jumpBy(dayMs);
    expect(rung).not.toHaveBeenCalled();
    real.advance(1_000);
    expect(rung).toHaveBeenCalledTimes(1);
  });
});

describe("the fake phone", () => {
  const pan = "ZZZPA1234C";
  const phoning = () => openSandboxUnderTest((world) => ({ status: 200, body: world.sendOtp("KWIKID", pan) }));

  it("shows the password that the simulator will check", async () => {
    await using sandbox = await phoning();
    const otp = await (await sandbox.call()).text();
    expect(otp).toMatch(/^\d{6}$/);
    expect(await (await sandbox.control(`phone.json?pan=${pan}`)).json()).toMatchObject({
      messages: [{ otp, pan, provider: "KWIKID" }],
    });
  });

  it("shows no other person's messages when asked for one", async () => {
    await using sandbox = await phoning();
    await sandbox.call();
    expect(await (await sandbox.control("phone.json?pan=ZZZPB1234C")).json()).toEqual({ messages: [] });
  });

  it("is a page that runs no scripts", async () => {
    await using sandbox = await phoning();
    await sandbox.call();
    const page = await sandbox.control("phone");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain(pan);
  });

  it("escapes the text of a message", () => {
    const phone = createPhone(manualClock(0));
    phone.ring("KWIKID", "<script>");
    expect(phone.page().body).toContain("&#60;script&#62;");
    expect(phone.page().body).not.toContain("<script>");
  });

  it("keeps the latest messages, newest first", () => {
    let last = 0;
    const phone = createPhone(manualClock(0), () => String((last += 1)));
    for (let ring = 0; ring < 60; ring += 1) phone.ring("KWIKID", pan);
    const otps = phone.messages().map(({ otp }) => Number(otp));
    expect([otps[0], otps.length, otps.at(-1)]).toEqual([60, 50, 11]);
  });
});

describe("the controls", () => {
  it("list the personas with their passwords", async () => {
    await using sandbox = await openSandboxUnderTest();
    const { personas } = (await (await sandbox.control("personas")).json()) as { personas: unknown[] };
    expect(personas).toContainEqual(
      expect.objectContaining({ pan: "ZZZPA1001A", password: "Sandbox@1001", portal: "OPEN", seenDifferentlyBy: [] }),
    );
  });

  it("list them as text as well", async () => {
    await using sandbox = await openSandboxUnderTest();
    const page = await sandbox.control("personas.txt");
    expect(page.headers.get("content-type")).toMatch("text/plain");
    expect(await page.text()).toContain("ZZZPA1002B");
  });

  it("answer an unknown path with the known ones", async () => {
    await using sandbox = await openSandboxUnderTest();
    const reply = await sandbox.control("nothing");
    expect(reply.status).toBe(404);
    expect(JSON.stringify(await reply.json())).toContain("GET /phone");
  });

  it("do not answer under another host name", async () => {
    await using sandbox = await openSandboxUnderTest();
    const url = new URL("phone.json", sandbox.sandbox.controlUrl);
    const status = await new Promise((resolve) => {
      request(url, { headers: { host: "rebound.example.com" } }, (reply) => {
        resolve(reply.resume().statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });
});

describe("the vendors' port", () => {
  it("sends bytes as they are", async () => {
    const bytes = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0xff);
    await using sandbox = await openSandboxUnderTest(() => ({
      status: 200,
      headers: { "content-type": "application/pdf" },
      body: bytes,
    }));
    expect(new Uint8Array(await (await sandbox.call()).arrayBuffer())).toEqual(bytes);
  });

  it("answers 404 outside the vendors' paths", async () => {
    await using sandbox = await openSandboxUnderTest();
    expect((await fetch(new URL("/elsewhere", sandbox.base))).status).toBe(404);
  });

  it("shows a person as they are on the day of the clock", async () => {
    await using sandbox = await openSandboxUnderTest((world) => ({
      status: 200,
      body: String(world.personaOf("ZZZPA1001A")?.compliance?.incomeYear),
    }));
    const yearOn = async (to: string) => {
      await sandbox.post("clock", { to });
      return (await sandbox.call()).text();
    };
    expect([await yearOn("2026-11-10"), await yearOn("2027-11-10")]).toEqual(["2025", "2026"]);
  });
});
