// What every peer reads from: held data in memory, or a vendor for what is not held.
import { createHmac } from "node:crypto";
import { Client, Pool } from "undici";
import { complianceOf, filingsOf, pans } from "../world.mjs";

const { VENDOR_URL, VENDOR_CONNECTIONS } = process.env;
const connections = Number(VENDOR_CONNECTIONS);
const heldByPan = new Map(pans.map((pan) => [pan, { compliance: complianceOf(pan), filings: filingsOf(pan) }]));

export function holderTypeOf(pan) {
  return pan[3] === "P" ? "INDIVIDUAL" : "COMPANY";
}

export function maskPan(pan) {
  return `${pan.slice(0, 5)}****${pan.slice(9)}`;
}

export function assessmentYearOf(incomeYear) {
  return `${incomeYear + 1}-${String(incomeYear + 2).slice(2)}`;
}

/** Filings come by a login, which no query makes: they are held in either world. */
export function heldFilingsOf(pan) {
  return heldByPan.get(pan).filings;
}

/** Where data is held, compliance is there at once; else it is a promise of what the vendor says. */
export function complianceReader(client) {
  if (VENDOR_URL === undefined) return (pan) => heldByPan.get(pan).compliance;
  const send = client === "pool" ? throughPool() : throughClients();
  return async (pan) => {
    const { statusCode, body } = await send(requestAbout(pan));
    const text = await body.text();
    if (statusCode !== 200) throw new Error("the vendor refused");
    const { data } = JSON.parse(text);
    if (data.pan_number !== pan) throw new Error("an answer about somebody else");
    return {
      itrFiled: data.itr_filed,
      standing: data.compliance_status.toUpperCase(),
      filingStatus: data.filing_status.toUpperCase(),
      incomeYear: Number(data.assessment_year.slice(0, 4)) - 1,
      filedOn: data.filing_date,
    };
  };
}

function throughPool() {
  const pool = new Pool(VENDOR_URL, { connections, pipelining: 1 });
  return (request) => pool.request(request);
}

function throughClients() {
  const clients = Array.from({ length: connections }, () => new Client(VENDOR_URL, { pipelining: 1 }));
  let turn = 0;
  return (request) => clients[turn++ % connections].request(request);
}

/** Signed as Eko wants it: the vendor's price is the same for everybody. */
function requestAbout(pan) {
  const timestamp = String(Date.now());
  const key = Buffer.from("sandbox-access-key").toString("base64");
  return {
    method: "POST",
    path: "/tools/kyc/touras/itr-compliance",
    headers: {
      "content-type": "application/json",
      developer_key: "sandbox-developer-key",
      "secret-key": createHmac("sha256", key).update(timestamp).digest("base64"),
      "secret-key-timestamp": timestamp,
    },
    body: JSON.stringify({ initiator_id: "9000000000", pan_number: pan }),
  };
}
