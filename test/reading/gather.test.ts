import { absent, failed, found } from "../../src/domain/answer";
import { CallerLeft } from "../../src/kernel/deadline";
import { Fault } from "../../src/kernel/fault";
import { answerTo, gathering, held, provenance, question, startMs, statusOf, taxpayer } from "./gathering";

const one = taxpayer("A");
const another = taxpayer("B");
const hourMs = 3_600_000;

describe("a question", () => {
  it("is answered by the provider when nothing is held", async () => {
    const { askAll, asker } = gathering();
    const answers = await askAll(asker(), [question(one)]);
    expect(answerTo(answers, question(one))).toEqual(found(statusOf(one.pan), provenance));
  });

  it("is asked once, however often it is put", async () => {
    const { askAll, asker, asked } = gathering();
    const answers = await askAll(asker(), [question(one), question(one), question(one)]);
    expect(answers.size).toBe(1);
    expect(asked).toEqual([one.pan]);
  });

  it("gets the answer about its own taxpayer, whichever comes first", async () => {
    const late = Promise.withResolvers<undefined>();
    const { askAll, asker } = gathering({
      answer: async (pan) => {
        if (pan === one.pan) await late.promise;
        else late.resolve(undefined);
        return found(statusOf(pan), provenance);
      },
    });
    const answers = await askAll(asker(), [question(one), question(another)]);
    for (const each of [one, another]) {
      expect(answerTo(answers, question(each))).toMatchObject({ value: { standingLabel: each.pan } });
    }
  });

  it("does not fail because another one does", async () => {
    const { askAll, asker } = gathering({
      answer: (pan) =>
        pan === one.pan
          ? Promise.reject(new Fault("PORTAL_UNAVAILABLE"))
          : Promise.resolve(found(statusOf(pan), provenance)),
    });
    const answers = await askAll(asker(), [question(one), question(another)]);
    expect([...answers.values()].map(([answer]) => answer?.outcome)).toEqual(["FAILED", "FOUND"]);
  });

  it("about an erased taxpayer is answered by nobody", async () => {
    const { askAll, asker, asked } = gathering();
    const erased = taxpayer("A", { erased: true, answers: [held(0)] });
    const answers = await askAll(asker(), [question(erased)]);
    expect(answerTo(answers, question(erased))).toMatchObject({ outcome: "FAILED", fault: { code: "ERASED" } });
    expect(asked).toEqual([]);
  });

  it("for a provider that is off is told so", async () => {
    const { askAll, asker } = gathering({ isOff: true });
    const answers = await askAll(asker(), [question(one)]);
    expect(answerTo(answers, question(one))).toEqual(
      failed("EKO", new Fault("PROVIDER_NOT_CONFIGURED", { provider: "EKO" })),
    );
  });
});

describe("an answer that is held", () => {
  const known = taxpayer("A", { answers: [held(hourMs)] });

  it.each([undefined, hourMs + 1])("is read again by whoever bears its age: %p", async (maxAgeMs) => {
    const { askAll, asker, asked } = gathering();
    const who = asker();
    const answers = await askAll(who, [question(known, maxAgeMs)]);
    expect(answerTo(answers, question(known))).toEqual(found(statusOf("held"), provenance));
    expect(asked).toEqual([]);
    expect(who.cost).toMatchObject({ heldAnswers: 1, upstreamCalls: 0, paise: 0 });
  });

  it.each([hourMs, 0])("is passed over by whoever wants a younger one: %p", async (maxAgeMs) => {
    const { askAll, asker, asked } = gathering();
    await askAll(asker(), [question(known, maxAgeMs)]);
    expect(asked).toEqual([known.pan]);
  });

  it("is passed over even if only one of those who ask wants a younger one", async () => {
    const { askAll, asker, asked } = gathering();
    await askAll(asker(), [question(known), question(known, 0), question(known, 2 * hourMs)]);
    expect(asked).toEqual([known.pan]);
  });

  it("is read while its provider is off", async () => {
    const { askAll, asker } = gathering({ isOff: true });
    const answers = await askAll(asker(), [question(known)]);
    expect(answerTo(answers, question(known))?.outcome).toBe("FOUND");
  });

  it("says which kind of nothing it was", async () => {
    const { askAll, asker } = gathering();
    const unknown = taxpayer("A", {
      answers: [held(1, { outcome: "ABSENT", provenance, faultCode: "PAN_NOT_FOUND" })],
    });
    const answers = await askAll(asker(), [question(unknown)]);
    expect(answerTo(answers, question(unknown))).toEqual(
      absent(provenance, new Fault("PAN_NOT_FOUND", { provider: "EKO" })),
    );
  });

  it("is another provider's, and so passed over", async () => {
    const { askAll, asker, asked } = gathering();
    const elsewhere = taxpayer("A", { answers: [{ ...held(1), provider: "FINPASS" }] });
    await askAll(asker(), [question(elsewhere)]);
    expect(asked).toEqual([elsewhere.pan]);
  });
});

describe("an answer that came", () => {
  it("is kept for as long as its provider says", async () => {
    const { askAll, asker, kept } = gathering();
    await askAll(asker(), [question(one)]);
    expect(kept).toEqual([
      ["lender", one.id, expect.objectContaining({ fetchedAtMs: startMs, expiresAtMs: startMs + 24 * hourMs })],
    ]);
  });

  it("is read back as it came", async () => {
    const { askAll, asker, kept } = gathering();
    const first = await askAll(asker(), [question(one)]);
    const plain = JSON.parse(JSON.stringify(kept.map(([, , each]) => each))) as never;
    const second = await askAll(asker(), [question(taxpayer("A", { answers: plain }))]);
    expect(second).toEqual(first);
  });

  it("is kept for an hour when it says that there is nothing", async () => {
    const { askAll, asker, kept } = gathering({ answer: () => Promise.resolve(absent(provenance)) });
    await askAll(asker(), [question(one)]);
    expect(kept[0]?.[2].expiresAtMs).toBe(startMs + hourMs);
  });

  it("is not kept when it is a failure", async () => {
    const { askAll, asker, kept } = gathering({ answer: () => Promise.reject(new Fault("PROVIDER_TIMEOUT")) });
    await askAll(asker(), [question(one)]);
    expect(kept).toEqual([]);
  });

  it("is handed on even when it cannot be kept", async () => {
    const { askAll, asker, events } = gathering({ keep: () => Promise.reject(new Error("disk full")) });
    const reported: string[] = [];
    events.on("background failed", ({ what }) => reported.push(what));
    const answers = await askAll(asker(), [question(one)]);
    expect(answerTo(answers, question(one))?.outcome).toBe("FOUND");
    expect(reported).toEqual(["storing an answer"]);
  });
});

describe("a failure", () => {
  it("of our own is masked", async () => {
    const { askAll, asker, events } = gathering({ answer: () => Promise.reject(new TypeError("a bug")) });
    const masked: unknown[] = [];
    events.on("fault masked", ({ error }) => masked.push(error));
    const answers = await askAll(asker(), [question(one)]);
    expect(answerTo(answers, question(one))).toMatchObject({ outcome: "FAILED", fault: { code: "INTERNAL" } });
    expect(masked).toEqual([new TypeError("a bug")]);
  });

  it("is not our own when the caller has left", async () => {
    const { askAll, asker, events } = gathering({ answer: () => new Promise(() => undefined) });
    const masked = jest.fn();
    events.on("fault masked", masked);
    const caller = new AbortController();
    const answers = askAll(asker({ signal: caller.signal }), [question(one)]);
    caller.abort(new CallerLeft());
    await answers;
    expect(masked).not.toHaveBeenCalled();
  });
});
