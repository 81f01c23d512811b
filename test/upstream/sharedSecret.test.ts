import { manualClock } from "../../src/kernel/clock";
import { CallerLeft } from "../../src/kernel/deadline";
import { Fault } from "../../src/kernel/fault";
import { Secret } from "../../src/kernel/secret";
import type { SecretStore, SharedValue } from "../../src/upstream/ports";
import { createSharedSecret } from "../../src/upstream/sharedSecret";

const staying = new AbortController().signal;
const hourMs = 3_600_000;

/** Keeps one secret, and counts how often it is asked. */
function memoryStore() {
  let kept: SharedValue | undefined;
  const store = {
    asked: 0,
    async obtain(_name: string, goodAtMs: number, make: () => Promise<SharedValue>) {
      store.asked += 1;
      if (kept === undefined || kept.expiresAtMs <= goodAtMs) kept = await make();
      return kept;
    },
    discard(_name: string, refused: Secret) {
      if (kept?.secret.reveal() === refused.reveal()) kept = undefined;
      return Promise.resolve();
    },
  } satisfies SecretStore & { asked: number };
  return store;
}

function sharing() {
  const clock = manualClock(0);
  const store = memoryStore();
  let made = 0;
  const make = jest.fn((): Promise<SharedValue> => {
    made += 1;
    return Promise.resolve({ secret: new Secret(`token ${made}`), expiresAtMs: clock.now() + hourMs });
  });
  const inOneProcess = () => createSharedSecret("token", make, { store, clock });
  return { clock, store, make, inOneProcess };
}

describe("a shared secret", () => {
  it("is made once for all who ask at the same time", async () => {
    const { make, inOneProcess } = sharing();
    const token = inOneProcess();
    const tokens = await Promise.all([token.get(staying), token.get(staying), token.get(staying)]);
    expect(tokens.map((each) => each.reveal())).toEqual(["token 1", "token 1", "token 1"]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it("is at hand without asking the store", async () => {
    const { store, inOneProcess } = sharing();
    const token = inOneProcess();
    await token.get(staying);
    await token.get(staying);
    expect(store.asked).toBe(1);
  });

  it("is not used in its last minute", async () => {
    const { clock, inOneProcess } = sharing();
    const token = inOneProcess();
    await token.get(staying);
    clock.advance(hourMs - 60_001);
    expect((await token.get(staying)).reveal()).toBe("token 1");
    clock.advance(1);
    expect((await token.get(staying)).reveal()).toBe("token 2");
  });

  it("that was refused is replaced", async () => {
    const { inOneProcess } = sharing();
    const token = inOneProcess();
    await token.renew(await token.get(staying));
    expect((await token.get(staying)).reveal()).toBe("token 2");
  });

  it("is replaced once, however many processes had it refused", async () => {
    const { make, inOneProcess } = sharing();
    const [one, two] = [inOneProcess(), inOneProcess()];
    const refused = await one.get(staying);
    await two.get(staying);
    await one.renew(refused);
    await one.get(staying);
    await two.renew(refused);
    expect((await two.get(staying)).reveal()).toBe("token 2");
    expect(make).toHaveBeenCalledTimes(2);
  });

  it("is kept when an earlier one was refused", async () => {
    const { store, inOneProcess } = sharing();
    const token = inOneProcess();
    await token.get(staying);
    await token.renew(new Secret("token 0"));
    await token.get(staying);
    expect(store.asked).toBe(1);
  });

  it("is waited for no longer than its caller stays", async () => {
    const { make, inOneProcess } = sharing();
    const made = Promise.withResolvers<SharedValue>();
    make.mockReturnValueOnce(made.promise);
    const token = inOneProcess();
    const caller = new AbortController();
    const left = expect(token.get(caller.signal)).rejects.toThrow(CallerLeft);
    const other = token.get(staying);
    caller.abort(new CallerLeft());
    await left;
    made.resolve({ secret: new Secret("late"), expiresAtMs: hourMs });
    expect((await other).reveal()).toBe("late");
  });

  it("that could not be made is tried for again by the next caller", async () => {
    const { make, inOneProcess } = sharing();
    make.mockRejectedValueOnce(new Fault("PROVIDER_UNAVAILABLE"));
    const token = inOneProcess();
    await expect(token.get(staying)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect((await token.get(staying)).reveal()).toBe("token 1");
  });
});

describe("a shared secret while the store is away", () => {
  it("is obtained by each process alone", async () => {
    const { store, make, inOneProcess } = sharing();
    store.obtain = () => Promise.reject(new Fault("STORE_UNAVAILABLE"));
    expect((await inOneProcess().get(staying)).reveal()).toBe("token 1");
    expect(make).toHaveBeenCalledTimes(1);
  });
});
