import { manualClock } from "../../src/kernel/clock";
import { Fault } from "../../src/kernel/fault";
import { createPortalWatch } from "../../src/upstream/portalWatch";
import { codeOf, operationOf, repeat, staying, succeed } from "./operationUnderTest";

const portalDown = () => Promise.reject(new Fault("PORTAL_UNAVAILABLE"));

function family() {
  const clock = manualClock(0);
  const portal = createPortalWatch(clock);
  const login = (provider: string, name = "login") => operationOf(8, { provider, name, portal, clock });
  return {
    clock,
    kwikid: login("KWIKID"),
    deepvue: login("DEEPVUE"),
    authorize: login("DEEPVUE", "authorize"),
    finpass: login("FINPASS"),
    eko: operationOf(8, { provider: "EKO", clock }),
  };
}

describe("a portal that two vendors find down within a minute", () => {
  async function downFamily() {
    const all = family();
    await repeat(1, () => all.kwikid.run(staying, portalDown));
    all.clock.advance(59_000);
    await repeat(1, () => all.deepvue.run(staying, portalDown));
    return all;
  }

  it("is asked by no login vendor", async () => {
    const { finpass } = await downFamily();
    const call = jest.fn(succeed);
    await expect(finpass.run(staying, call)).rejects.toMatchObject({
      code: "PORTAL_UNAVAILABLE",
      context: { provider: "FINPASS", retryAfterSeconds: 30 },
    });
    expect(call).not.toHaveBeenCalled();
  });

  it("shows in the health of every login vendor", async () => {
    const { finpass, authorize } = await downFamily();
    expect([finpass, authorize].map(({ health }) => health().breaker)).toEqual(["OPEN", "OPEN"]);
  });

  it("does not concern a vendor without a login", async () => {
    const { eko } = await downFamily();
    expect(await eko.run(staying, succeed)).toBe("one");
  });

  it("is asked again after a rest", async () => {
    const { finpass, clock } = await downFamily();
    clock.advance(30_000);
    expect(await finpass.run(staying, succeed)).toBe("one");
  });

  it("rests again as soon as one vendor finds it still down", async () => {
    const { deepvue, kwikid, finpass, clock } = await downFamily();
    clock.advance(30_000);
    await repeat(1, () => kwikid.run(staying, portalDown));
    expect([deepvue, finpass].map(({ health }) => health().breaker)).toEqual(["OPEN", "OPEN"]);
  });

  it("is open to all once a call under way has reached it", async () => {
    const { kwikid, deepvue, finpass, clock } = family();
    const underWay = Promise.withResolvers<string>();
    const slow = kwikid.run(staying, () => underWay.promise);
    await repeat(1, () => kwikid.run(staying, portalDown));
    await repeat(1, () => deepvue.run(staying, portalDown));
    expect(await codeOf(finpass.run(staying, succeed))).toBe("PORTAL_UNAVAILABLE");
    underWay.resolve("there");
    await slow;
    clock.advance(1);
    expect(await finpass.run(staying, succeed)).toBe("one");
  });
});

describe("a portal that is up for all that is known", () => {
  it("is asked on when one vendor alone finds it down", async () => {
    const { kwikid, finpass } = family();
    await repeat(2, () => kwikid.run(staying, portalDown));
    expect(await finpass.run(staying, succeed)).toBe("one");
  });

  it("is asked on when two vendors find it down more than a minute apart", async () => {
    const { kwikid, deepvue, finpass, clock } = family();
    await repeat(1, () => kwikid.run(staying, portalDown));
    clock.advance(60_000);
    await repeat(1, () => deepvue.run(staying, portalDown));
    expect(await finpass.run(staying, succeed)).toBe("one");
  });

  it("is not cleared of its failures by an operation that never asks it", async () => {
    const { kwikid, deepvue, authorize, finpass } = family();
    await repeat(1, () => kwikid.run(staying, portalDown));
    await authorize.run(staying, succeed);
    await repeat(1, () => deepvue.run(staying, portalDown));
    expect(await codeOf(finpass.run(staying, succeed))).toBe("PORTAL_UNAVAILABLE");
  });

  it("is not blamed for a wrong password", async () => {
    const { kwikid, deepvue, finpass } = family();
    const wrong = () => Promise.reject(new Fault("INVALID_CREDENTIALS"));
    await repeat(1, () => kwikid.run(staying, wrong));
    await repeat(1, () => deepvue.run(staying, wrong));
    expect(await finpass.run(staying, succeed)).toBe("one");
  });
});
