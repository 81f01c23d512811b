// The duties of a careful peer: it knows its callers, asks the consents, keeps what it buys, and writes each reading down
// before it answers. Each is done the plain and fast way: one statement for each kind, prepared.
import { randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { Pool } from "pg";
import { Histogram } from "prom-client";
import { complianceReader } from "./source.mjs";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const secret = new TextEncoder().encode("a secret of thirty-two bytes or more");
const claims = { issuer: "bench", audience: "bench", requiredClaims: ["exp", "sub"], algorithms: ["HS256"] };
const seconds = new Histogram({ name: "operation_seconds", help: "Duration of operations", labelNames: ["operation"] });
export const tenant = "sandbox";
const purpose = "CREDIT_UNDERWRITING";

export function signToken() {
  return new SignJWT({ tenant, scope: "income:read compliance:read" })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject("bench")
    .setExpirationTime("1h")
    .sign(secret);
}

/** The caller and this operation, which collects what it reads. */
export async function beginOperation({ authorization = "" }) {
  const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ""), secret, claims);
  const scopes = new Set(payload.scope.split(" "));
  if (!scopes.has("income:read") || !scopes.has("compliance:read")) throw new Error("a scope is missing");
  const reads = { pans: new Set(), documents: new Set() };
  return { requestId: randomUUID(), caller: payload.sub, tenant: payload.tenant, startedAt: performance.now(), reads };
}

function note({ reads }, document, pans) {
  reads.documents.add(document);
  for (const pan of pans) reads.pans.add(pan);
}

/** The record is on disk before the answer goes out. */
export async function endOperation(operation, name) {
  const { requestId, caller, reads, startedAt } = operation;
  await pool.query({
    name: "audit",
    text: "insert into careful.audit (tenant, at, caller, request_id, pans, documents) values ($1, $2, $3, $4, $5, $6)",
    values: [operation.tenant, new Date(), caller, requestId, [...reads.pans], [...reads.documents]],
  });
  const durationMs = performance.now() - startedAt;
  seconds.observe({ operation: name }, durationMs / 1_000);
  process.stdout.write(
    `${JSON.stringify({ level: "info", at: Date.now(), requestId, caller, operation: name, durationMs })}\n`,
  );
}

/** Of each person: whether a consent for our purpose names the document now. */
async function allowed(operation, document, pans) {
  const { rows } = await pool.query({
    name: "consents",
    text: `select pan, documents from careful.consents
      where tenant = $1 and pan = any($2) and purpose = $3 and starts_at <= $4 and expires_at > $4 and revoked_at is null`,
    values: [operation.tenant, pans, purpose, new Date()],
  });
  const agreed = rows.filter(({ documents }) => documents.includes(document)).map(({ pan }) => pan);
  return new Set(agreed);
}

export async function filingsOf(operation, pans, first = 10) {
  const [agreed, { rows }] = await Promise.all([
    allowed(operation, "FILINGS", pans),
    pool.query({
      name: "filings",
      text: `select pan, body from careful.filings
        where tenant = $1 and pan = any($2) and expires_at > $3 order by income_year desc`,
      values: [operation.tenant, pans, new Date()],
    }),
  ]);
  note(operation, "FILINGS", pans);
  const byPan = Map.groupBy(rows, ({ pan }) => pan);
  return pans.map((pan) => {
    if (!agreed.has(pan)) throw new Error("no consent");
    return (byPan.get(pan) ?? []).slice(0, first).map(({ body }) => body);
  });
}

export async function heldComplianceOf(operation, pans) {
  const { rows } = await pool.query({
    name: "compliance",
    text: "select pan, body from careful.compliance where tenant = $1 and pan = any($2) and expires_at > $3",
    values: [operation.tenant, pans, new Date()],
  });
  note(operation, "COMPLIANCE", pans);
  const byPan = new Map(rows.map(({ pan, body }) => [pan, body]));
  return pans.map((pan) => byPan.get(pan));
}

const askVendor = process.env.VENDOR_URL === undefined ? undefined : complianceReader("pool");
const flights = new Map();

/** Those who ask for the same person at the same time share one call. */
function askOnce(pan) {
  const known = flights.get(pan);
  if (known) return known;
  const asking = askVendor(pan).finally(() => flights.delete(pan));
  flights.set(pan, asking);
  return asking;
}

export async function boughtComplianceOf(operation, pans) {
  const told = await Promise.all(pans.map(askOnce));
  const now = Date.now();
  await pool.query({
    name: "keep",
    text: `insert into careful.compliance (tenant, pan, body, fetched_at, expires_at)
      select $1, pan, body, $4, $5 from unnest($2::text[], $3::jsonb[]) as new (pan, body) order by pan
      on conflict (tenant, pan) do update
      set body = excluded.body, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at`,
    values: [
      operation.tenant,
      pans,
      told.map((each) => JSON.stringify(each)),
      new Date(now),
      new Date(now + 86_400_000),
    ],
  });
  note(operation, "COMPLIANCE", pans);
  return told;
}
