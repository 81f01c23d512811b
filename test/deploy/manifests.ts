import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const root = join(__dirname, "../..");

export interface Manifest {
  readonly file: string;
  readonly text: string;
  readonly content: { readonly apiVersion: string; readonly kind: string };
}

export const manifests: readonly Manifest[] = globSync(join(root, "deploy/**/*.yaml"))
  .sort()
  .flatMap((path) => manifestsIn(basename(path), readFileSync(path, "utf8")));

/** Fails for what YAML itself refuses, a key that stands twice among it. */
export function manifestsIn(file: string, text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return { file, text, content: document.toJS() as Manifest["content"] };
  });
}

/** Its type is the caller's to name: that it is of that type, another test says. */
export function contentOf(kind: string): unknown {
  const found = manifests.find(({ content }) => content.kind === kind);
  if (!found) throw new Error(`there is no ${kind} in deploy/`);
  return found.content;
}

/** The Prometheus operator's own type, as far as it is used here: no package of this size has it. */
const serviceMonitor = `
  interface ServiceMonitor {
    apiVersion: "monitoring.coreos.com/v1";
    kind: "ServiceMonitor";
    metadata: { name: string; labels?: Record<string, string> };
    spec: {
      selector: { matchLabels: Record<string, string> };
      endpoints: {
        port: string; path?: string; interval?: string;
        authorization?: { type?: string; credentials: { name: string; key: string } };
      }[];
    };
  }`;

/** Where kubernetes-types has the type of an API version: "apps/v1", "v1", "networking.k8s.io/v1". */
function importOf({ apiVersion, kind }: Manifest["content"]): string {
  if (kind === "ServiceMonitor") return serviceMonitor;
  const [group = "", version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
  return `import type { ${kind} } from "kubernetes-types/${group.replace(/\.k8s\.io$/, "")}/${version}";`;
}

/** What the compiler says of a manifest as a literal of its published type: a field that is unknown, missing or of another kind. */
export function complaintsAbout({ content }: Pick<Manifest, "content">): readonly string[] {
  const fileName = join(root, "test/deploy/manifest.generated.ts");
  // A field that must be there is optional in the published types only where Kubernetes has a default for it.
  const text = `${importOf(content)}\nconst manifest: ${content.kind} = ${JSON.stringify(content)};\nexport { manifest };\n`;
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    ...{ module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2024 },
  };
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.fileExists = (name) => name === fileName || onDisk.fileExists(name);
  host.getSourceFile = (name, language, ...rest) =>
    name === fileName ? ts.createSourceFile(name, text, language) : onDisk.getSourceFile(name, language, ...rest);
  const program = ts.createProgram([fileName], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
