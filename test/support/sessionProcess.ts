import { randomBytes } from "node:crypto";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import type { Secret } from "../../src/kernel/secret";
import { ask, startProcess, type ServiceProcess } from "./process";
import { watch, type WatchedSession } from "./sessionCaller";

/** A service in a process of its own, as somebody sees it who opens sessions there. */
export interface SessionProcess extends ServiceProcess, AsyncDisposable {
  run<Data, Variables extends Record<string, unknown>>(
    operation: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  watch(id: string): AsyncGenerator<WatchedSession>;
  /** Leaves it no moment to tidy up. */
  kill(): Promise<void>;
}

/** What processes on one database have in common. */
export function onOneDatabase(url: Secret): Record<string, string> {
  return {
    DATABASE_URL: url.reveal(),
    AAY_MASTER_KEY: randomBytes(32).toString("base64"),
    AAY_JWT_SECRET: randomBytes(32).toString("hex"),
  };
}

export async function startSessionProcess(env: Record<string, string>): Promise<SessionProcess> {
  const service = await startProcess(env);
  const kill = async () => {
    await service.end("SIGKILL");
  };
  const caller = { url: service.url.replace(/\/graphql$/, ""), token: () => Promise.resolve(service.token) };
  return {
    ...service,
    async run(operation, variables) {
      const { data, errors } = await ask(service, print(operation), variables);
      if (!data) throw new Error(`no answer but errors: ${JSON.stringify(errors)}`);
      return data as never;
    },
    watch: (id) => watch(caller, id),
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
