import { randomUUID } from "node:crypto";
import { indianDayAt } from "../../src/domain/calendarDate";
import { personaOn } from "../../src/sandbox/personas";
import type { FaultOrder } from "../../src/sandbox/faults";
import { prefixOf } from "../../src/sandbox/host";
import type { Store } from "../../src/store/store";
import {
  CloseSessionDocument,
  ComplianceDocument,
  ConsentRecordsDocument,
  EraseTaxpayerDocument,
  FilingDocumentsDocument,
  OpenSessionDocument,
  RevokeConsentDocument,
  SessionsDocument,
  SubmitOtpDocument,
  TaxpayerByIdDocument,
  TaxpayerWithSessionsDocument,
  WholeTaxpayerDocument,
  type OpenSessionInput,
  type ProviderId,
} from "../../packages/client/src/operations";
import type { TestService } from "../support/service";
import { open, openInput, orderFault, readOtp, subscribe, whenSettled } from "../support/sessionCaller";
import { providerOf } from "../support/vendors";

const loginVendors = ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"] as const satisfies readonly ProviderId[];

/** How the path of the call ends that takes the password. */
const loginPaths = {
  KWIKID: "get_otp",
  DEEPVUE: "create-client",
  TUTELAR: "itr_verification",
  FINPASS: "analyze",
} as const;

/** The parts of a ticket that let somebody in; the rest of it is documents. */
const keysOfTickets = ["accessToken", "clientId", "referenceId", "jobId"];

const loginFaults: readonly Partial<FaultOrder>[] = [
  { fault: "FAILURE_WITH_200" },
  { fault: "STATUS", status: 422 },
  { fault: "STATUS", status: 503 },
  { fault: "RESET" },
  { fault: "HTML" },
  { fault: "TRUNCATED" },
  { fault: "RATE_LIMIT", retryAfterSeconds: 1 },
  { fault: "HANG" },
  { fault: "SLOW_DRIP", delayMs: 1 },
  { fault: "LATENCY", delayMs: 5 },
  { fault: "EXPIRED_TOKEN" },
  { fault: "CLOCK_SKEW" },
];

interface Surroundings {
  readonly service: TestService;
  /** Another view of the service's database, to learn what vendors have told it in secret. */
  readonly store: Store;
}

export interface FullRun {
  /** All that must be found nowhere, by what it is. */
  readonly secrets: ReadonlyMap<string, string>;
  /** A session that is open still. */
  readonly open: { readonly id: string; readonly input: OpenSessionInput };
}

/** Does at every vendor what can be done there, well and badly. */
export async function fullRun({ service, store }: Surroundings): Promise<FullRun> {
  const secrets = new Map<string, string>();
  const tell = (what: string, secret: string): string => {
    secrets.set(what, secret);
    return secret;
  };

  /** A request of which every word is secret that may be one. */
  function secretInput(who: string, changes: Partial<OpenSessionInput> = {}): OpenSessionInput {
    const input = openInput({ idempotencyKey: `canary-key-${who}-${randomUUID()}`, documents: null, ...changes });
    tell(`${who}: PAN`, input.pan);
    tell(`${who}: password`, input.password);
    tell(`${who}: idempotency key`, input.idempotencyKey);
    const persona = personaOn(input.pan, indianDayAt(Date.now()));
    if (persona?.fullAadhaar) tell(`${who}: Aadhaar`, persona.fullAadhaar);
    for (const { accountNumber } of persona?.fullBankAccounts ?? []) tell(`${who}: account`, accountNumber);
    if (persona?.profile.email) tell(`${who}: e-mail`, persona.profile.email);
    if (persona?.profile.mobile) tell(`${who}: phone`, persona.profile.mobile);
    const reference = tell(`${who}: consent reference`, `canary-reference-${who}`);
    return { ...input, consent: { ...input.consent, reference } };
  }

  async function tellTicket(who: string, id: string): Promise<void> {
    const kept = await store.sessions.secretsOf({ tenant: "lender", id } as never);
    const ticket = JSON.parse(kept?.ticket?.reveal() ?? "{}") as Record<string, unknown>;
    for (const key of keysOfTickets) if (typeof ticket[key] === "string") tell(`${who}: ${key}`, ticket[key]);
  }

  async function openAndSettle(who: string, input: OpenSessionInput) {
    const { id, consent } = await open(service, input);
    const session = await whenSettled(service, id);
    await tellTicket(who, id);
    return { session, id, consentId: consent.id };
  }

  async function toReady(who: string, changes: Partial<OpenSessionInput>) {
    const input = secretInput(who, changes);
    const { session, id, consentId } = await openAndSettle(who, input);
    if (session.nextAction.kind === "SUBMIT_OTP") {
      await submit(id, tell(`${who}: wrong OTP`, "86420975"));
      await submit(id, tell(`${who}: OTP`, await readOtp(service, input.pan)));
    }
    const { state } = await whenSettled(service, id);
    if (state !== "READY") throw new Error(`${who} did not get READY but ${state}`);
    await tellTicket(who, id);
    return { input, id, consentId };
  }

  async function submit(sessionId: string, otp: string, accessToken?: string) {
    return service.ask(SubmitOtpDocument, { input: { sessionId, otp, ...(accessToken && { accessToken }) } });
  }

  async function readAll({ pan }: OpenSessionInput): Promise<void> {
    const { data } = await service.ask(ComplianceDocument, { pan });
    await service.ask(TaxpayerByIdDocument, { id: data?.taxpayer.id ?? "" });
    await service.ask(SessionsDocument, { pan, states: null, first: 10, after: null });
    await service.ask(ConsentRecordsDocument, { pan, first: 50, after: null });
    await service.ask(WholeTaxpayerDocument, { pan });
    await service.ask(TaxpayerWithSessionsDocument, { pan });
    await followLinks(pan);
  }

  /** The file itself is the taxpayer's, and goes to the caller by another wire. */
  async function followLinks(pan: string): Promise<void> {
    const { data } = await service.ask(FilingDocumentsDocument, { pan });
    const hrefs = data?.taxpayer.filings.nodes?.flatMap(({ documents }) => documents.map(({ href }) => href)) ?? [];
    for (const href of hrefs) if (href) tell(`${pan}: link`, href.replace("/documents/", ""));
    for (const href of hrefs) if (href) await (await service.fetch(href)).arrayBuffer();
  }

  async function atVendor(provider: ProviderId & keyof typeof loginPaths): Promise<void> {
    const { input, id } = await toReady(`${provider} read`, { provider });
    await readAll(input);
    // The same key for something else is a conflict.
    await service.ask(OpenSessionDocument, { input: { ...input, years: 5 } });
    await service.ask(CloseSessionDocument, { sessionId: id });

    const revoked = await toReady(`${provider} revoked`, { provider });
    const reason = tell(`${provider}: reason to revoke`, `canary-revoked-${provider}`);
    await service.ask(RevokeConsentDocument, { consentId: revoked.consentId, reason });
    await readAll(revoked.input);

    const erased = await toReady(`${provider} erased`, { provider });
    const why = tell(`${provider}: reason to erase`, `canary-erased-${provider}`);
    await service.ask(EraseTaxpayerDocument, { pan: erased.input.pan, reason: why });
    await readAll(erased.input);

    const wrong = `${provider} wrong`;
    await openAndSettle(wrong, secretInput(wrong, { provider, password: `canary-wrong-password-${provider}` }));

    const echoed = secretInput(`${provider} echoed`, { provider, password: `canary-echoed-password-${provider}` });
    const words = `${echoed.pan} ${echoed.password}`;
    const body = { code: 422, status: "FAILED", success: false, message: words, detail: words, error: words };
    const operation = loginPaths[provider];
    await orderFault(service, { vendor: provider, operation, fault: "FAILURE_WITH_200", times: 1, body });
    await openAndSettle(`${provider} echoed`, echoed);
  }

  /** Every way in which a login goes wrong on the way to a vendor. */
  async function throughFaults(provider: ProviderId & keyof typeof loginPaths): Promise<void> {
    for (const [at, fault] of loginFaults.entries()) {
      const input = secretInput(`${provider} ${fault.fault}`, { provider });
      const { pan, password } = input;
      const body = { detail: `${pan} ${password}`, message: [{ msg: password, input: { pan, password } }] };
      await orderFault(service, { vendor: provider, operation: loginPaths[provider], times: 1, body, ...fault });
      const { data } = await service.ask(OpenSessionDocument, { input });
      const { session } = data?.openSession ?? {};
      if (session) await whenSettled(service, session.id);
      // Between them somebody gets through, so that the vendor is not given up.
      if (at % 3 === 2) await toReady(`${provider} after ${fault.fault}`, { provider });
    }
  }

  /** A vendor without a login, whose words are somebody's data. */
  async function talkativeEko(): Promise<void> {
    const { pan } = secretInput("EKO");
    const spilt = {
      account: tell("EKO: account", "50100247813396"),
      email: tell("EKO: e-mail", "canary.k7@example.org"),
      phone: tell("EKO: phone", "98760 12345"),
      aadhaar: tell("EKO: Aadhaar", "7364 5198 2036"),
      otherPan: tell("EKO: other PAN", "ZZZPQ7351K"),
    };
    const words = Object.values(spilt).join(", ");
    const found = { pan_number: pan, itr_filed: true, compliance_status: words, filing_status: words, ...spilt };
    for (const body of [
      { status: 0, response_status_id: 0, message: words, data: found, [words]: words },
      { status: 1, response_status_id: 463, message: words, data: words },
      { status: 1, message: words, invalid_params: { pan_number: words } },
      { status: words, message: words },
      words,
    ]) {
      await orderFault(service, {
        vendor: "EKO",
        fault: "FAILURE_WITH_200",
        operation: "itr-compliance",
        times: 1,
        body,
      });
      await service.ask(ComplianceDocument, { pan });
      await service.ask(
        "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance(maxAgeSeconds: 0) { standingLabel } } }",
        {
          pan,
        },
      );
    }
  }

  /** The provider hands its access token to whoever drives the portal. */
  async function withAccessToken(): Promise<void> {
    const who = "KWIKID by token";
    const input = secretInput(who, { provider: "KWIKID", pan: "ZZZPK1001A", password: "Sandbox@1001" });
    const { id } = await openAndSettle(who, input);
    const otp = tell(`${who}: OTP`, await readOtp(service, input.pan));
    await submit(id, otp);
    const path = `${prefixOf(providerOf("KWIKID"))}/__sim/kwikid/access-token?pan=${input.pan}`;
    const handed = (await (await fetch(new URL(path, service.service.controlUrl))).json()) as { access_token: string };
    await submit(id, otp, tell(`${who}: access token`, handed.access_token));
    await whenSettled(service, id);

    const lost = "KWIKID by wrong token";
    const lostInput = secretInput(lost, { provider: "KWIKID" });
    const { id: lostId } = await openAndSettle(lost, lostInput);
    const wrongToken = tell(`${lost}: access token`, "canary-access-token-that-is-wrong");
    await submit(lostId, tell(`${lost}: OTP`, await readOtp(service, lostInput.pan)), wrongToken);
  }

  /** Requests that never become a login. */
  async function malformed(): Promise<void> {
    const input = secretInput("malformed");
    const number = Number(tell("malformed: number for a password", "7391046285"));
    const literal = tell("malformed: literal password", "canary-literal-password");
    const id = "ss_AAAAAAAAAAAAAAAAAAAAAA";
    await service.ask("mutation ($input: OpenSessionInput!) { openSession(input: $input) { replayed } }", {
      input: { ...input, password: number },
    });
    const { pan: ofLiteral, consent, idempotencyKey } = input;
    await service.ask(
      `mutation ($pan: Pan!, $consent: ConsentInput!, $key: String!) {
        openSession(input: { pan: $pan, password: "${literal}", consent: $consent, idempotencyKey: $key }) { replayed }
      }`,
      { pan: ofLiteral, consent, key: idempotencyKey },
    );
    const mutation = "mutation ($input: SubmitOtpInput!) { submitOtp(input: $input) { replayed } }";
    const otp = tell("malformed: OTP", "canary-otp");
    const otpNumber = Number(tell("malformed: number for an OTP", "6174928350"));
    for (const each of [otp, otpNumber]) {
      const variables = { input: { sessionId: id, otp: each, accessToken: tell("malformed: token", "canary-token") } };
      await service.ask(mutation, variables);
      await subscribe(service, mutation, variables).next();
    }
    const pan = tell("malformed: mistyped PAN", "ZZZPQ98765C");
    await service.ask(ComplianceDocument, { pan });
    await service.ask(`query { taxpayer(pan: "${pan}") { id } }`);
  }

  /** What Deepvue lets the service in with. */
  async function tellToken(): Promise<void> {
    const name = `token of DEEPVUE at ${service.service.controlUrl?.host ?? ""}`;
    const { secret } = await store.sharedSecrets.obtain(name, 0, () => Promise.reject(new Error("no token is kept")));
    tell("DEEPVUE: token", secret.reveal());
  }

  await Promise.all(loginVendors.map(atVendor));
  await tellToken();
  await withAccessToken();
  await malformed();
  await talkativeEko();
  await Promise.all(loginVendors.map(throughFaults));
  return { secrets, open: await toReady("open", { provider: "KWIKID" }) };
}
