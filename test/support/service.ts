import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { compose, type Service } from "../../src/compose/compose";
import { readSettings } from "../../src/config/settings";
import { scopes as allScopes } from "../../src/graph/access";
import { systemClock, type Clock } from "../../src/kernel/clock";
import { developerToken } from "../../src/compose/localKeys";
import { providers } from "../../src/providers/registry";
import { findPostmaster, stopPostmaster } from "../../src/store/postgres/postmaster";

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Record<string, unknown>;
}

export interface GraphAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphError[];
  readonly extensions?: { readonly cost: Record<string, number> };
}

interface Caller {
  readonly tenant?: string;
  readonly scopes?: readonly string[];
  readonly subject?: string;
}

export interface TestService extends AsyncDisposable {
  readonly url: string;
  readonly service: Service;
  now(): number;
  /** Every log line so far. */
  readonly log: readonly string[];
  /** Ends the embedded PostgreSQL under the service's feet. */
  killDatabase(): Promise<void>;
  token(caller?: Caller): Promise<string>;
  fetch(path: string, init?: RequestInit & { caller?: Caller }): Promise<Response>;
  ask<Data, Variables>(
    operation: TypedDocumentNode<Data, Variables> | string,
    variables?: Variables,
    caller?: Caller,
  ): Promise<GraphAnswer<Data>>;
}

/** The whole service in this process, on an embedded database of its own. */
export async function startTestService(
  env: Record<string, string> = {},
  clock?: Clock,
  vendors = providers,
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), "aaygraph-service-"));
  const settings = readSettings({ PORT: "0", AAY_DATA_DIR: join(folder, "kept"), ...env }, vendors);
  const log: string[] = [];
  const service = await compose(settings, {
    providers: vendors,
    log: { write: (line: string) => void log.push(line) },
    ...(clock && { clock }),
  });
  const url = service.address.href.replace(/\/$/, "");
  const token: TestService["token"] = async ({ tenant = "lender", scopes = allScopes, subject = "developer" } = {}) =>
    (await developerToken(settings, clock ?? systemClock, { tenant, scopes, subject }))?.reveal() ?? "";
  const fetchAs: TestService["fetch"] = async (path, { caller, ...init } = {}) => {
    const headers = { authorization: `Bearer ${await token(caller)}`, ...(init.headers as Record<string, string>) };
    return fetch(`${url}${path}`, { ...init, headers });
  };
  return {
    url,
    service,
    now: () => (clock ?? systemClock).now(),
    log,
    async killDatabase() {
      const cluster = join(folder, "kept", "postgres");
      const postmaster = await findPostmaster(cluster);
      if (postmaster) await stopPostmaster(postmaster.pid, cluster);
    },
    token,
    fetch: fetchAs,
    async ask(operation, variables, caller) {
      const response = await fetchAs("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: typeof operation === "string" ? operation : print(operation), variables }),
        ...(caller && { caller }),
      });
      return (await response.json()) as never;
    },
    async [Symbol.asyncDispose]() {
      await service.stop("the test is over").catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
