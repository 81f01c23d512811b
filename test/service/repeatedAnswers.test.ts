import {
  AccessEventsDocument,
  FilingDocumentsDocument,
  RevokeConsentDocument,
} from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { codesOf, openToReady } from "../support/sessionCaller";

const filings = "query Again($pan: Pan!) { taxpayer(pan: $pan) { filings { nodes { id totalIncome } } } }";

let service: TestService;
let pan: string;
let sessionId: string;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  const { input, session } = await openToReady(service, "TUTELAR", { documents: ["FILINGS", "VERIFICATION_FORM"] });
  [pan, sessionId] = [input.pan, session.id];
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

/** The first answer comes by Apollo, the next two are put together, and from the fourth on it is given again. */
async function manyTimes(query: string, times = 5): Promise<unknown[]> {
  const answers = [];
  for (let time = 0; time < times; time += 1) answers.push(await service.ask(query, { pan }));
  return answers;
}

async function usesWrittenDown(): Promise<number> {
  const { data } = await service.ask(AccessEventsDocument, { pan, first: 50 });
  return data!.taxpayer.accessEvents.nodes.filter(({ kind, consents }) => kind === "READ" && consents.length > 0)
    .length;
}

describe("an answer that is given again", () => {
  it("is the same to the byte, its cost included", async () => {
    const [first, ...others] = await manyTimes(filings);
    expect(others).toEqual([first, first, first, first]);
  });

  it("is written down as a use of the consent each time", async () => {
    const before = await usesWrittenDown();
    await manyTimes(filings);
    expect((await usesWrittenDown()) - before).toBe(5);
  });

  it("is refused from the moment the consent has been revoked", async () => {
    await manyTimes(filings);
    const { data } = await service.ask<{ session: { consent: { id: string } } }, unknown>(
      "query ($id: ID!) { session(id: $id) { consent { id } } }",
      { id: sessionId },
    );
    await service.ask(RevokeConsentDocument, { consentId: data!.session.consent.id });
    expect(codesOf((await service.ask(filings, { pan })).errors)).toEqual(["CONSENT_REVOKED"]);
  });

  it("is nobody else's", async () => {
    await manyTimes(filings);
    const { data } = await service.ask(filings, { pan }, { tenant: "broker" });
    expect(data).toMatchObject({ taxpayer: { filings: { nodes: null } } });
  });

  it("is refused to a caller without the scope", async () => {
    await manyTimes(filings);
    const { errors } = await service.ask(filings, { pan }, { scopes: ["compliance:read"] });
    expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
  });

  it("never holds a link, which is for one use", async () => {
    const hrefs = [];
    for (let time = 0; time < 4; time += 1) {
      const { data } = await service.ask(FilingDocumentsDocument, { pan });
      hrefs.push(data!.taxpayer.filings.nodes![0]!.documents[0]!.href);
    }
    expect(new Set(hrefs).size).toBe(4);
  });

  it("never reveals a PAN unnoticed", async () => {
    await manyTimes("query Revealing($pan: Pan!) { taxpayer(pan: $pan) { pan(reveal: true) } }");
    expect(service.log.filter((line) => line.includes("pii revealed"))).toHaveLength(5);
  });

  it("knows what another session has brought since", async () => {
    const profile = "query Who($pan: Pan!) { taxpayer(pan: $pan) { profile { name } } }";
    expect(await manyTimes(profile)).toContainEqual(expect.objectContaining({ data: { taxpayer: { profile: null } } }));
    const { input } = await openToReady(service, "DEEPVUE", {
      documents: ["PROFILE"],
      pan,
      password: `Sandbox@${pan.slice(5, 9)}`,
    });
    const { data } = await service.ask(profile, { pan: input.pan });
    expect(data).toMatchObject({ taxpayer: { profile: { name: expect.any(String) as string } } });
  });
});
