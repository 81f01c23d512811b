import type { Environment } from "monaco-editor";

/** Monaco checks JSON and GraphQL off the main thread, in workers that must come from our own origin. */
const environment: Environment = {
  getWorker: (_id, language) => new Worker(`/playground/${workerFor(language)}.worker.js`),
};

export function provideWorkers(): void {
  Object.assign(globalThis, { MonacoEnvironment: environment });
}

function workerFor(language: string): "json" | "graphql" | "editor" {
  return language === "json" || language === "graphql" ? language : "editor";
}
