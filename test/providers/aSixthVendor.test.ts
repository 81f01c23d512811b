import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Provider } from "../../src/providers/provider";
import { buildGraph } from "../../src/graph/schema";
import { startTestService } from "../support/service";

// A throw-away vendor: what its folder would export, and its one line in the registry.
jest.mock("../../src/providers/registry", () => {
  const { providers } = jest.requireActual<{ providers: Provider[] }>("../../src/providers/registry");
  const eko = providers.find(({ id }) => id === "EKO")!;
  const sixth: Provider = {
    ...eko,
    id: "SIXTH",
    name: "The Sixth",
    documents: [],
    settings: { ...eko.settings, prefix: "SIXTH", basePath: "/sixth" },
  };
  const all = [...providers, sixth];
  return { providers: all, providerIds: all.map(({ id }) => id) };
});

describe("a sixth vendor", () => {
  it("adds one line to the SDL", () => {
    const lines = buildGraph().sdl.split("\n");
    const at = lines.indexOf("enum ProviderId {");
    expect(lines.slice(at + 1, at + 8)).toEqual([
      "  KWIKID",
      "  DEEPVUE",
      "  TUTELAR",
      "  FINPASS",
      "  EKO",
      "  SIXTH",
      "}",
    ]);
  });

  it("is served, simulated and named without another word", async () => {
    await using service = await startTestService();
    const { data } = await service.ask<{ providers: { id: string; mode: string }[] }, unknown>(
      "{ providers { id mode } }",
    );
    expect(data?.providers.at(-1)).toEqual({ id: "SIXTH", mode: "SANDBOX" });
    const simulated = await fetch(new URL("/sixth/sixth/anything", service.service.controlUrl));
    expect(simulated.status).toBe(404);
    expect(await simulated.json()).toMatchObject({ message: "No mock for this route" });
  });

  it("has settings of its own", async () => {
    await using service = await startTestService({ SIXTH_BASE_URL: "https://sixth.example" });
    const { data } = await service.ask<{ providers: { id: string; mode: string }[] }, unknown>(
      "{ providers { id mode } }",
    );
    expect(data?.providers.at(-1)).toEqual({ id: "SIXTH", mode: "LIVE" });
  });
});

describe("every vendor's folder", () => {
  const folder = join(__dirname, "../../src/providers");
  const vendors = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it.each(vendors.map(({ name }) => name))("%s has the same rooms", (name) => {
    const rooms = readdirSync(join(folder, name)).map((entry) => entry.replace(/\.ts$/, ""));
    expect(rooms.sort()).toEqual(["client", "contract", "credentials", "fixtures", "index", "mapper", "simulator"]);
  });
});
