import { found } from "../../src/domain/answer";
import { Fault } from "../../src/kernel/fault";
import { answerTo, gathering, provenance, question, statusOf, taxpayer } from "./gathering";

const one = taxpayer("A");

describe("cost", () => {
  it("is one call with its price for each taxpayer asked about", async () => {
    const { askAll, asker } = gathering();
    const who = asker();
    await askAll(who, [question(one), question(taxpayer("B"))]);
    expect(who.cost).toEqual({ upstreamCalls: 2, portalLogins: 0, paise: 408, heldAnswers: 0, sharedFlights: 0 });
  });

  it("is paid by whoever asked first", async () => {
    const { askAll, asker, asked } = gathering();
    const [first, second] = [asker(), asker()];
    const answers = await Promise.all([askAll(first, [question(one)]), askAll(second, [question(one)])]);
    expect(answers[0]).toEqual(answers[1]);
    expect(asked).toEqual([one.pan]);
    expect(first.cost).toMatchObject({ upstreamCalls: 1, sharedFlights: 0 });
    expect(second.cost).toMatchObject({ upstreamCalls: 0, paise: 0, sharedFlights: 1 });
  });

  it("is not spent beyond the budget of one operation", async () => {
    const { askAll, asker, asked } = gathering({ limits: { upstreamCalls: 2, rupees: 500 } });
    const three = ["A", "B", "C"].map((letter) => question(taxpayer(letter)));
    const answers = await askAll(asker(), three);
    expect(asked).toHaveLength(2);
    expect(answerTo(answers, three[2]!)).toMatchObject({ outcome: "FAILED", fault: { code: "LIMIT_EXCEEDED" } });
  });

  it.each([
    [5, 2],
    [6, 2],
    [7, 3],
  ])("of %d rupees pays for %d calls, and for none that would go beyond", async (rupees, calls) => {
    const { askAll, asker, asked } = gathering({ limits: { upstreamCalls: 100, rupees } });
    const who = asker();
    const four = ["A", "B", "C", "D"].map((letter) => question(taxpayer(letter)));
    const answers = await askAll(who, four);
    expect(asked).toHaveLength(calls);
    expect(who.cost).toMatchObject({ upstreamCalls: calls, paise: calls * 204 });
    expect(answerTo(answers, four[3]!)).toMatchObject({ outcome: "FAILED", fault: { code: "LIMIT_EXCEEDED" } });
  });

  it("is not limited for what others pay", async () => {
    const { askAll, asker } = gathering({ limits: { upstreamCalls: 1, rupees: 500 } });
    const [first, second] = [asker(), asker()];
    const paying = askAll(first, [question(one)]);
    const answers = await askAll(second, [question(taxpayer("B")), question(one)]);
    expect([...answers.values()].map(([answer]) => answer?.outcome)).toEqual(["FOUND", "FOUND"]);
    await paying;
  });
});

describe("a call under way", () => {
  it("shares its failure among all who asked meanwhile", async () => {
    const { askAll, asker, asked } = gathering({ answer: () => Promise.reject(new Fault("PORTAL_UNAVAILABLE")) });
    const answers = await Promise.all(Array.from({ length: 8 }, () => askAll(asker(), [question(one)])));
    expect(answers.map((each) => answerTo(each, question(one))?.outcome)).toEqual(Array(8).fill("FAILED"));
    expect(asked).toEqual([one.pan]);
  });

  it("is never shared between tenants", async () => {
    const { askAll, asker, asked } = gathering();
    await Promise.all(["lender", "other"].map((tenant) => askAll(asker({ tenant }), [question(one)])));
    expect(asked).toEqual([one.pan, one.pan]);
  });

  it("is shared by one who comes late, having asked before it ended", async () => {
    const { askAll, asker, asked, clock } = gathering();
    const late = asker();
    clock.advance(10);
    await askAll(asker(), [question(one)]);
    clock.advance(10);
    await askAll(late, [question(one)]);
    expect(asked).toEqual([one.pan]);
    expect(late.cost.sharedFlights).toBe(1);
  });

  it("is not shared by one who asks after it ended", async () => {
    const { askAll, asker, asked, clock } = gathering();
    await askAll(asker(), [question(one)]);
    clock.advance(10);
    await askAll(asker(), [question(one, 0)]);
    expect(asked).toEqual([one.pan, one.pan]);
  });

  it("goes on for those who stay when one leaves", async () => {
    const answered = Promise.withResolvers<undefined>();
    const { askAll, asker, asked } = gathering({
      answer: async (pan, signal) => {
        await answered.promise;
        signal.throwIfAborted();
        return found(statusOf(pan), provenance);
      },
    });
    const caller = new AbortController();
    const gone = askAll(asker({ signal: caller.signal }), [question(one)]);
    const staying = askAll(asker(), [question(one)]);
    caller.abort(new Error("left"));
    answered.resolve(undefined);
    expect(answerTo(await staying, question(one))?.outcome).toBe("FOUND");
    expect(answerTo(await gone, question(one))?.outcome).toBe("FAILED");
    expect(asked).toEqual([one.pan]);
  });
});
