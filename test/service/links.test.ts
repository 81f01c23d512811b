import { createLink, linkVisitor, readLink } from "../support/linkVisitor";
import { startTestService, type TestService } from "../support/service";
import { newPerson, readOtp } from "../support/sessionCaller";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

it("leads from an agreement and a login to CONNECTED", async () => {
  const { pan, password } = newPerson();
  const link = await createLink(service, { provider: "KWIKID" });
  const visitor = linkVisitor();
  expect((await visitor.open(link.url)).has("agree")).toBe(true);
  expect((await readLink(service, link.id)).state).toBe("OPENED");
  expect((await visitor.press("agree")).has("password")).toBe(true);
  expect((await readLink(service, link.id)).state).toBe("CONSENTED");
  await visitor.press("continue", { pan, password });
  expect((await visitor.settle()).has("otp")).toBe(true);
  await visitor.press("continue", { otp: await readOtp(service, pan) });
  expect((await visitor.settle()).html).toContain('data-testid="done"');
  expect(await readLink(service, link.id)).toMatchObject({ state: "CONNECTED", session: { state: "READY" } });
});
