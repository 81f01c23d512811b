import type { Consent } from "../../src/domain/consent";
import type { VerificationForm } from "../../src/domain";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { Fault } from "../../src/kernel/fault";
import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { tutelar } from "../../src/providers/tutelar";
import { createDocumentLinks } from "../../src/reading/documentLinks";
import type { AuditRecord } from "../../src/domain/auditRecord";
import type { DocumentLinkStore, FileStore, StoredAnswer } from "../../src/reading/ports";
import { held, provenance, startMs, taxpayer } from "./gathering";

const incomeYear = 2024 as IncomeYear;
const dayMs = 86_400_000;

function consent(changes: Partial<Consent> = {}): Consent {
  return {
    id: "cn_1",
    taxpayerId: "taxpayer-A",
    purpose: "KYC",
    documents: ["VERIFICATION_FORM", "FILINGS"],
    incomeYears: [incomeYear],
    startsAtMs: startMs - dayMs,
    expiresAtMs: startMs + dayMs,
    dataLifeDays: 30,
    mostFetches: undefined,
    grantedAtMs: startMs - dayMs,
    revokedAtMs: undefined,
    fetches: 1,
    ...changes,
  };
}

const form = { acknowledgementNumber: "123456789012345", location: "https://files.example/form" };
const about = { provider: "TUTELAR", period: "2024-25", consentId: "cn_1" };
const forms: StoredAnswer = {
  ...held(1, { outcome: "FOUND", value: [form] as unknown as VerificationForm[], provenance }),
  ...about,
  document: "VERIFICATION_FORM",
};
const filings: StoredAnswer = {
  ...held(1, { outcome: "FOUND", value: [], provenance, files: ["return"] }),
  ...about,
  document: "FILINGS",
};

interface Surroundings {
  readonly consents?: readonly Consent[];
  readonly deliver?: DocumentLinkStore["deliver"];
  readonly read?: FileStore["read"];
}

function links({ consents = [consent()], deliver, read = () => Promise.resolve(undefined) }: Surroundings = {}) {
  const closed: string[] = [];
  const delivered: AuditRecord[] = [];
  const appended: AuditRecord[] = [];
  async function* file(): AsyncGenerator<Buffer> {
    try {
      yield await Promise.resolve(Buffer.from("%PDF-1.7"));
      yield await Promise.resolve(Buffer.from(" the rest"));
    } finally {
      closed.push("form");
    }
  }
  const store: DocumentLinkStore = {
    seal: (_reader, place) => Buffer.from(place).toString("base64url"),
    open: (_reader, token) => ({ place: Buffer.from(token, "base64url").toString(), digest: Buffer.from("digest") }),
    isUsed: () => Promise.resolve(false),
    deliver:
      deliver ??
      ((_tenant, _digest, _delivery, record) => {
        delivered.push(record);
        return Promise.resolve(true);
      }),
    end: () => Promise.resolve(),
  };
  const stored = taxpayer("A", { answers: [forms, filings], consents });
  const documentLinks = createDocumentLinks({
    openRunFile: () => Promise.reject(new Fault("NOT_FOUND")),
    makeReport: () => ({ bytes: Buffer.from("report"), contentType: "text/csv", fileName: "report.csv" }),
    store,
    files: { read },
    taxpayers: { byId: () => Promise.resolve(new Map([[stored.id, stored]])) },
    connected: [
      {
        provider: tutelar,
        mode: "LIVE",
        client: undefined,
        pollMs: undefined,
        health: () => [],
        openFile: () => Promise.resolve({ byteCount: undefined, pieces: file() }),
      },
    ],
    append: (_tenant, records) => Promise.resolve(void appended.push(...records)),
    clock: manualClock(startMs),
    events: createEvents(),
  });
  const reader = { tenant: "lender", caller: "clerk" };
  const follow = (document: "VERIFICATION_FORM" | "FILINGS", name: string) => {
    const place = { taxpayerId: stored.id, provider: "TUTELAR", document, incomeYear, name };
    const token = documentLinks.hrefOf(reader, place).replace("/documents/", "");
    return documentLinks.follow(
      { ...reader, requestId: "request-1", require: () => undefined, reveals: false },
      token,
      new AbortController().signal,
    );
  };
  return {
    followForm: () => follow("VERIFICATION_FORM", form.acknowledgementNumber),
    follow,
    closed,
    delivered,
    appended,
  };
}

describe("a file behind a link", () => {
  it("is closed where its use cannot be recorded", async () => {
    const { followForm, closed } = links({ deliver: () => Promise.reject(new Error("the store is away")) });
    await expect(followForm()).rejects.toThrow("the store is away");
    expect(closed).toEqual(["form"]);
  });

  it("is closed where the link has been used meanwhile", async () => {
    const { followForm, closed } = links({ deliver: () => Promise.resolve(false) });
    await expect(followForm()).rejects.toEqual(new Fault("NOT_FOUND"));
    expect(closed).toEqual(["form"]);
  });

  it("uses the link up together with its audit record", async () => {
    const { followForm, delivered, appended } = links();
    await followForm();
    expect(delivered).toMatchObject([{ kind: "DOCUMENT_HANDED_OUT", consentIds: ["cn_1"], purposes: ["KYC"] }]);
    expect(appended).toEqual([]);
  });

  it("is not handed out under a consent for another purpose", async () => {
    const lapsed = consent({ expiresAtMs: startMs });
    const { followForm, closed, delivered } = links({
      consents: [lapsed, consent({ id: "cn_2", purpose: "MONITORING" })],
    });
    await expect(followForm()).rejects.toEqual(new Fault("NOT_FOUND"));
    expect([...closed, ...delivered]).toEqual([]);
  });

  it("is audited with the consent that brought it", async () => {
    const newer = consent({ id: "cn_2", purpose: "MONITORING", grantedAtMs: startMs });
    const { followForm, delivered } = links({ consents: [consent(), newer] });
    await followForm();
    expect(delivered).toMatchObject([{ consentIds: ["cn_1"], purposes: ["KYC"] }]);
  });

  it("is read from the store with the consent of its answer", async () => {
    const consentIds: string[] = [];
    const { follow } = links({
      consents: [consent(), consent({ id: "cn_2", purpose: "MONITORING", grantedAtMs: startMs })],
      read: (_tenant, _taxpayerId, { consentId }) => {
        consentIds.push(consentId);
        return Promise.resolve(Buffer.from("{}"));
      },
    });
    await follow("FILINGS", "return");
    expect(consentIds).toEqual(["cn_1"]);
  });
});
