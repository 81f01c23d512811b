import { randomUUID } from "node:crypto";
import type { GraphAnswer, TestService } from "./service";

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

export interface RunOfCaller {
  readonly id: string;
  readonly state: string;
  readonly reference: string | null;
  readonly total: number;
  readonly done: number;
  readonly found: number;
  readonly absent: number;
  readonly failed: number;
  readonly rupees: number;
  readonly finishedAt: string | null;
  readonly estimatedFinishAt: string | null;
  readonly problem: { readonly code: string; readonly field: string | null } | null;
}

export interface StartedRun {
  readonly run: RunOfCaller | null;
  readonly problem: { readonly code: string } | null;
  readonly replayed: boolean;
}

export const runFields = `id state reference total done found absent failed rupees finishedAt estimatedFinishAt
  problem { code field }`;

/** PANs of the invented series, each another. */
export function pansFrom(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const [one, other] = [Math.floor(number / 10_000) % 26, Math.floor(number / 260_000) % 26];
    const letter = (at: number) => String.fromCharCode(65 + at);
    return `ZZZP${letter(one)}${String(number % 10_000).padStart(4, "0")}${letter(other)}`;
  });
}

export async function startRun(
  service: Pick<TestService, "ask">,
  input: Record<string, unknown>,
  caller?: Caller,
): Promise<StartedRun> {
  const { data, errors } = await service.ask<{ startComplianceRun: StartedRun }, unknown>(
    `mutation ($input: ComplianceRunInput!) {
      startComplianceRun(input: $input) { run { ${runFields} } problem { code } replayed }
    }`,
    { input: { maxRupees: 10_000, idempotencyKey: randomUUID(), ...input } },
    caller,
  );
  if (!data) throw new Error(`no run was started: ${JSON.stringify(errors)}`);
  return data.startComplianceRun;
}

export async function readRun(service: Pick<TestService, "ask">, id: string, caller?: Caller): Promise<RunOfCaller> {
  const { data, errors } = await service.ask<{ complianceRun: RunOfCaller }, unknown>(
    `query ($id: ID!) { complianceRun(id: $id) { ${runFields} } }`,
    { id },
    caller,
  );
  if (!data?.complianceRun) throw new Error(`no run was read: ${JSON.stringify(errors)}`);
  return data.complianceRun;
}

/** Asks until the run is as it is waited for. */
export async function runUntil(
  service: Pick<TestService, "ask">,
  id: string,
  isSo: (run: RunOfCaller) => boolean,
  caller?: Caller,
): Promise<RunOfCaller> {
  for (;;) {
    const run = await readRun(service, id, caller);
    if (isSo(run)) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function isFinished({ state }: RunOfCaller): boolean {
  return state === "FINISHED";
}

export interface ResultOfCaller {
  readonly position: number;
  readonly outcome: string;
  readonly taxpayer: { readonly id: string; readonly pan: string };
  readonly compliance: { readonly standing: string } | null;
  readonly problem: { readonly code: string } | null;
}

/** All results, page after page. */
export async function allResults(
  service: Pick<TestService, "ask">,
  id: string,
  { first = 100, caller }: { first?: number; caller?: Caller } = {},
): Promise<ResultOfCaller[]> {
  const results: ResultOfCaller[] = [];
  let after: string | undefined;
  for (;;) {
    const { data, errors }: GraphAnswer<{ complianceRun: { results: ResultPage } }> = await service.ask(
      `query ($id: ID!, $first: Int, $after: String) { complianceRun(id: $id) { results(first: $first, after: $after) {
        nodes { position outcome taxpayer { id pan } compliance { standing } problem { code } }
        pageInfo { hasNextPage endCursor }
      } } }`,
      { id, first, after },
      caller,
    );
    if (!data) throw new Error(`no results were read: ${JSON.stringify(errors)}`);
    const { nodes, pageInfo }: ResultPage = data.complianceRun.results;
    results.push(...nodes);
    if (!pageInfo.hasNextPage) return results;
    after = pageInfo.endCursor;
  }
}

interface ResultPage {
  readonly nodes: readonly ResultOfCaller[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** What the ledger says that this tenant has spent today at Eko. */
export async function spentToday(
  service: Pick<TestService, "ask" | "now">,
  caller?: Caller,
): Promise<{ calls: number; rupees: number }> {
  const day = new Date(service.now() + 5.5 * 3_600_000).toISOString().slice(0, 10);
  const { data } = await service.ask<{ usage: { upstreamCalls: number; rupees: number }[] }, unknown>(
    "query ($day: Date!) { usage(from: $day, to: $day) { upstreamCalls rupees } }",
    { day },
    caller,
  );
  const rows = data?.usage ?? [];
  return {
    calls: rows.reduce((sum, { upstreamCalls }) => sum + upstreamCalls, 0),
    rupees: Math.round(rows.reduce((sum, { rupees }) => sum + rupees, 0) * 100) / 100,
  };
}

export interface UploadedList {
  readonly status: number;
  readonly upload: string;
  readonly lines: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

export async function uploadList(
  service: Pick<TestService, "fetch">,
  text: string,
  {
    caller,
    contentType = "text/plain",
    method = "POST",
  }: { caller?: Caller; contentType?: string; method?: string } = {},
): Promise<UploadedList> {
  const response = await service.fetch("/runs/uploads", {
    method,
    headers: { "content-type": contentType },
    ...(method === "POST" && { body: text }),
    ...(caller && { caller }),
  });
  const { status } = response;
  return { status, ...(status === 200 && ((await response.json()) as object)) } as UploadedList;
}
