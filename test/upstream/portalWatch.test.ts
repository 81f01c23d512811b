import { manualClock } from "../../src/kernel/clock";
import { Fault, type FaultCode } from "../../src/kernel/fault";
import { createPortalWatch } from "../../src/upstream/portalWatch";
import { codeOf, operationOf, repeat, staying, succeed } from "./operationUnderTest";

const failing = (code: FaultCode) => () => Promise.reject(new Fault(code));
const portalDown = failing("PORTAL_UNAVAILABLE");
const asking = { isAsked: true, hasAnswered: () => true };

function family() {
  const clock = manualClock(0);
  const portal = createPortalWatch(clock);
  const login = (provider: string) => operationOf(8, { provider, name: "login", portal, clock, portalPolicy: asking });
  return {
    clock,
    kwikid: login("KWIKID"),
    deepvue: login("DEEPVUE"),
    finpass: login("FINPASS"),
    /** Of a job that is under way: nothing new is asked of the portal. */
    status: operationOf(8, {
      provider: "FINPASS",
      name: "status",
      portal,
      clock,
      portalPolicy: { isAsked: false, hasAnswered: (answer) => answer === "done" },
    }),
    authorize: operationOf(8, { provider: "DEEPVUE", name: "authorize", portal, clock }),
    eko: operationOf(8, { provider: "EKO", clock }),
  };
}

type Family = ReturnType<typeof family>;

/** So many attempts at each of two vendors, a breaker's patience apart from each other. */
async function attempts({ kwikid, deepvue }: Family, failures: number, successes = 0): Promise<void> {
  for (let at = 0; at < Math.max(failures, successes); at += 1) {
    for (const { run } of [kwikid, deepvue]) {
      if (at < successes) await repeat(1, () => run(staying, succeed));
      if (at < failures) await repeat(1, () => run(staying, portalDown));
    }
  }
}

describe("a portal that half of ten attempts from two vendors find down", () => {
  async function downFamily() {
    const all = family();
    await attempts(all, 3, 2);
    return all;
  }

  it("is asked by no login vendor", async () => {
    const { finpass } = await downFamily();
    const call = jest.fn(succeed);
    await expect(finpass.run(staying, call)).rejects.toMatchObject({
      code: "PORTAL_UNAVAILABLE",
      context: { provider: "FINPASS", retryAfterSeconds: 5 },
    });
    expect(call).not.toHaveBeenCalled();
  });

  it("shows in the health of what would ask it", async () => {
    const { finpass, status, authorize } = await downFamily();
    expect([finpass, status, authorize].map(({ health }) => health().breaker)).toEqual(["OPEN", "CLOSED", "CLOSED"]);
  });

  it("keeps nobody from asking how a job under way gets on", async () => {
    const { status, authorize } = await downFamily();
    expect(await status.run(staying, succeed)).toBe("one");
    expect(await authorize.run(staying, succeed)).toBe("one");
  });

  it("does not concern a vendor without a login", async () => {
    const { eko } = await downFamily();
    expect(await eko.run(staying, succeed)).toBe("one");
  });

  it("is probed by one call every five seconds", async () => {
    const { finpass, clock } = await downFamily();
    const call = jest.fn(portalDown);
    for (let second = 0; second < 20; second += 1) {
      clock.advance(1_000);
      await repeat(3, () => finpass.run(staying, call));
    }
    expect(call).toHaveBeenCalledTimes(4);
  });

  it("is open to all once a probe has reached it", async () => {
    const { finpass, kwikid, clock } = await downFamily();
    clock.advance(5_000);
    await finpass.run(staying, succeed);
    expect(await kwikid.run(staying, succeed)).toBe("one");
  });

  it("is open to all once it has refused somebody's password", async () => {
    const { finpass, kwikid, clock } = await downFamily();
    clock.advance(5_000);
    await repeat(1, () => finpass.run(staying, failing("INVALID_CREDENTIALS")));
    expect(await kwikid.run(staying, succeed)).toBe("one");
  });

  it("is open to all once the job of a login has ended well", async () => {
    const { status, kwikid } = await downFamily();
    await status.run(staying, () => Promise.resolve("under way"));
    expect(await codeOf(kwikid.run(staying, succeed))).toBe("PORTAL_UNAVAILABLE");
    await status.run(staying, () => Promise.resolve("done"));
    expect(await kwikid.run(staying, succeed)).toBe("one");
  });

  it("is asked again after a rest in which nobody has probed it", async () => {
    const { finpass, kwikid, clock } = await downFamily();
    clock.advance(30_000);
    expect(await Promise.all([finpass, kwikid].map(({ run }) => run(staying, succeed)))).toEqual(["one", "one"]);
  });
});

describe("a portal that is up for all that is known", () => {
  it("is asked on when two logins fail, one at each of two vendors", async () => {
    const all = family();
    await attempts(all, 1);
    expect(await all.finpass.run(staying, succeed)).toBe("one");
  });

  it("is asked on after nine attempts that failed", async () => {
    const all = family();
    await attempts(all, 4);
    await repeat(1, () => all.finpass.run(staying, portalDown));
    expect(await all.finpass.run(staying, succeed)).toBe("one");
  });

  it("is asked on when most attempts succeed beside those that fail", async () => {
    const all = family();
    await attempts(all, 0, 1);
    await attempts(all, 20, 20);
    expect(await all.finpass.run(staying, succeed)).toBe("one");
  });

  it("is asked on when one vendor alone finds it down", async () => {
    const { kwikid, finpass, clock } = family();
    for (let at = 0; at < 12; at += 1) {
      await repeat(1, () => kwikid.run(staying, portalDown));
      // The vendor's own breaker rests between them.
      if (at % 4 === 3) clock.advance(10_000);
    }
    expect(await finpass.run(staying, succeed)).toBe("one");
  });

  it("is asked on when its failures are more than a minute old", async () => {
    const all = family();
    await attempts(all, 4);
    all.clock.advance(60_000);
    await attempts(all, 1);
    expect(await all.finpass.run(staying, succeed)).toBe("one");
  });

  it("is not spoken for by calls that never reach it", async () => {
    const all = family();
    await repeat(40, () => all.authorize.run(staying, succeed));
    await repeat(40, () => all.status.run(staying, succeed));
    await attempts(all, 4);
    await repeat(2, () => all.finpass.run(staying, portalDown));
    expect(await codeOf(all.finpass.run(staying, succeed))).toBe("PORTAL_UNAVAILABLE");
  });

  it("is not blamed for what is the vendor's own failure", async () => {
    const all = family();
    for (const { run } of [all.kwikid, all.deepvue, all.finpass]) {
      await repeat(4, () => run(staying, failing("PROVIDER_UNAVAILABLE")));
    }
    expect(await all.finpass.run(staying, succeed)).toBe("one");
  });
});
