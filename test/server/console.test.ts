import { startTestService, type TestService } from "../support/service";

describe("in the sandbox", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  it("is where the first address leads", async () => {
    const response = await fetch(`${service.url}/`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/console"]);
  });
});

it("lets the first address lead to the playground where the console is off", async () => {
  await using service = await startTestService({ AAY_CONSOLE: "off" });
  const response = await fetch(`${service.url}/`, { redirect: "manual" });
  expect(response.headers.get("location")).toBe("/playground");
  expect((await fetch(`${service.url}/console`)).status).toBe(404);
});
