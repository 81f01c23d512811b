import type { Documents, DocumentRequest } from "../../src/reading/question";
import type { CalendarDate } from "../../src/domain/calendarDate";
import type { Pan } from "../../src/domain/identifiers";
import type { GraphContext } from "../../src/graph/context";
import { isUnchanged, watch } from "../../src/graph/execution/footprint";
import type { StoredTaxpayer } from "../../src/reading/ports";

const pan = "ZZZPF1001A" as Pan;
const taxpayer: StoredTaxpayer = { id: "tp_1", pan, erased: false, answers: [], consents: [] };
const request: DocumentRequest = { taxpayer, wanted: [], fields: [] };
const documents: Documents = { taxpayer, answered: [] };

interface Stored {
  taxpayer: StoredTaxpayer;
  documents: Documents;
  today: string;
}

function contextIn(stored: Stored): GraphContext {
  const context = {
    access: { tenant: "lender", subject: "tests", scopes: new Set(["income:read"]) },
    clock: { now: () => 0 },
    today: () => stored.today as CalendarDate,
    loaders: {
      taxpayerByPan: { load: () => Promise.resolve(stored.taxpayer), clearAll: () => undefined },
      taxpayersByPan: { load: () => Promise.resolve([stored.taxpayer]) },
      taxpayerById: { load: () => Promise.resolve(stored.taxpayer), clearAll: () => undefined },
      documents: { load: () => Promise.resolve(() => stored.documents) },
    },
  };
  return context as unknown as GraphContext;
}

async function footprintIn(stored: Stored, read: (context: GraphContext) => unknown) {
  const watching = watch(contextIn(stored));
  await read(watching.context);
  return watching.footprint();
}

const reads: [string, (context: GraphContext) => unknown][] = [
  ["a taxpayer by PAN", ({ loaders }) => loaders.taxpayerByPan.load(pan)],
  ["taxpayers by PAN", ({ loaders }) => loaders.taxpayersByPan.load([pan])],
  ["a taxpayer by id", ({ loaders }) => loaders.taxpayerById.load("tp_1")],
  ["documents", ({ loaders }) => loaders.documents.load([request])],
];

describe("what an operation has read", () => {
  let stored: Stored;
  beforeEach(() => {
    stored = { taxpayer, documents, today: "2026-08-01" };
  });

  it.each(reads)("is unchanged while it is the same: %s", async (_what, read) => {
    const footprint = await footprintIn(stored, read);
    expect(await isUnchanged(footprint!, contextIn(stored))).toBe(true);
  });

  it.each(reads)("has changed once it is another of the same content: %s", async (_what, read) => {
    const footprint = await footprintIn(stored, read);
    const others = { ...stored, taxpayer: { ...taxpayer }, documents: { ...documents } };
    expect(await isUnchanged(footprint!, contextIn(others))).toBe(false);
  });

  it("has changed with the day, which decides what the latest years are", async () => {
    const footprint = await footprintIn(stored, ({ loaders }) => loaders.taxpayerByPan.load(pan));
    expect(await isUnchanged(footprint!, contextIn({ ...stored, today: "2026-08-02" }))).toBe(false);
  });

  it("is handed on as it came", async () => {
    const { context } = watch(contextIn(stored));
    expect(await context.loaders.taxpayerByPan.load(pan)).toBe(taxpayer);
  });

  it.each([
    "clock",
    "trail",
    "documentLinks",
    "sessionLoaders",
    "sessions",
    "sessionStore",
    "consentStore",
    "events",
  ] as const)("is not all that decides the answer where the operation has reached for its %s", async (property) => {
    expect(await footprintIn(stored, (context) => context[property])).toBeUndefined();
  });

  it.each(["access", "cost", "strictHolder", "today"] as const)("may go with a look at its %s", async (property) => {
    expect(await footprintIn(stored, (context) => context[property])).toBeDefined();
  });
});
