import { createWebhookSender } from "../../src/upstream/webhookSender";
import { startReceiver } from "../support/receiver";

const message = { headers: { "webhook-id": "ev_1" }, body: "{}" };
const { signal } = new AbortController();

function resolvingTo(...addresses: readonly string[]) {
  return () => Promise.resolve(addresses.map((address) => ({ address, family: 4 as const })));
}

describe("the sender of webhooks", () => {
  it("gives back the status of the answer", async () => {
    await using receiver = await startReceiver();
    await using sender = createWebhookSender({ isSandbox: true, allowPrivate: false });
    receiver.answerBy(() => 418);
    expect(await sender.post(receiver.url, message, signal)).toBe(418);
  });

  it("does not connect where a name has come to lead to a private address", async () => {
    await using receiver = await startReceiver();
    const resolve = resolvingTo("127.0.0.1");
    await using sender = createWebhookSender({ isSandbox: false, allowPrivate: false, resolve });
    const url = receiver.url.replace("http://127.0.0.1", "https://backend.example");
    sender.check(url);
    await expect(sender.post(url, message, signal)).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(receiver.all).toEqual([]);
  });

  it("does not connect where only one of several addresses is private", async () => {
    const resolve = resolvingTo("203.0.113.7", "10.0.0.1");
    await using sender = createWebhookSender({ isSandbox: false, allowPrivate: false, resolve });
    const sent = sender.post("https://backend.example/", message, signal);
    await expect(sent).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it.each(["http://127.0.0.1:9/", "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/"])(
    "takes %s for no address outside of a sandbox",
    async (url) => {
      await using sender = createWebhookSender({ isSandbox: false, allowPrivate: false });
      expect(() => {
        sender.check(url);
      }).toThrow("Nothing is sent");
    },
  );

  it("takes private addresses, with TLS, where the operator allows them", async () => {
    await using sender = createWebhookSender({ isSandbox: false, allowPrivate: true });
    sender.check("https://10.0.0.1/");
    expect(() => {
      sender.check("http://10.0.0.1/");
    }).toThrow("https");
  });

  it("waits no longer than its caller", async () => {
    await using receiver = await startReceiver();
    await using sender = createWebhookSender({ isSandbox: true, allowPrivate: false });
    receiver.answerBy(() => undefined);
    const leaving = new AbortController();
    const sent = sender.post(receiver.url, message, leaving.signal);
    await receiver.count(1);
    leaving.abort();
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
  });
});
