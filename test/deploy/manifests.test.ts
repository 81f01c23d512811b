import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Deployment } from "kubernetes-types/apps/v1";
import type { ConfigMap, Service } from "kubernetes-types/core/v1";
import type { NetworkPolicy } from "kubernetes-types/networking/v1";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1";
import { settingNames } from "../../src/config/settingsTable";
import { providers } from "../../src/providers/registry";
import { live, problemsOf } from "../config/liveSettings";
import { complaintsAbout, contentOf, manifests, manifestsIn } from "./manifests";

const deployment = contentOf("Deployment") as Deployment;
const pod = deployment.spec!.template.spec!;
const [container] = pod.containers;
const labels = deployment.spec!.template.metadata!.labels!;
const settings = (contentOf("ConfigMap") as ConfigMap).data!;
const fromFiles = Object.fromEntries(container!.env!.map(({ name, value = "" }) => [name, value]));
const port = container!.ports![0]!;

describe("every manifest", () => {
  it.each(manifests.map((manifest) => [manifest.file, manifest] as const))(
    "is of the published type: %s",
    (_file, manifest) => {
      expect(complaintsAbout(manifest)).toEqual([]);
    },
    60_000,
  );

  it.each([
    ["an unknown field", "readinessProbe:", "readynessProbe:"],
    ["a field at the wrong depth", "minReadySeconds: 5", "terminationGracePeriodSeconds: 5"],
    ["a text where a number is wanted", "containerPort: 4000", 'containerPort: "4000"'],
    ["a list where one value is wanted", "drop: [ALL]", "drop: ALL"],
  ])("would be refused with %s", (_what, right, wrong) => {
    const { text } = manifests.find(({ content }) => content.kind === "Deployment")!;
    expect(text).toContain(right);
    const [planted] = manifestsIn("planted", text.replace(right, wrong));
    expect(complaintsAbout(planted!)).not.toEqual([]);
  });
});

describe("the settings", () => {
  const contents: Record<string, string> = {
    "master-key": live.AAY_MASTER_KEY!,
    "database-url": "postgres://aaygraph:secret@postgres.database:5432/aaygraph",
  };

  it("start the service in live mode, with the secrets that the Secret is made of", () => {
    const folder = mkdtempSync(join(tmpdir(), "aaygraph-deploy-"));
    const files = Object.entries(fromFiles).map(([name, path]) => {
      const place = join(folder, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, contents[path.split("/").at(-1)!] ?? "");
      return [name, place];
    });
    expect(problemsOf({ ...settings, ...(Object.fromEntries(files) as Record<string, string>) })).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it("would be refused without one of them", () => {
    expect(problemsOf(settings)).toEqual([
      expect.stringContaining("DATABASE_URL"),
      expect.stringContaining("AAY_MASTER_KEY"),
    ]);
  });

  it("have names that the service reads", () => {
    const names = [...Object.keys(settings), ...Object.keys(fromFiles).map((name) => name.replace(/_FILE$/, ""))];
    expect(names.filter((name) => !settingNames(providers).includes(name))).toEqual([]);
  });

  it("name no secret but by a file of the Secret", () => {
    const mount = container!.volumeMounts!.find(({ name }) => name === "secrets")!;
    expect(Object.keys(settings).filter((name) => /KEY|SECRET|TOKEN|DATABASE_URL/.test(name))).toEqual([]);
    for (const [name, path] of Object.entries(fromFiles)) {
      expect(name).toMatch(/_FILE$/);
      expect(path.startsWith(`${mount.mountPath}/`)).toBe(true);
    }
    // A file that is mounted by its own path never changes.
    expect(mount.subPath).toBeUndefined();
  });
});

describe("the replicas", () => {
  it("are two, and no fewer while a release is rolled out", () => {
    expect(deployment.spec!.replicas).toBe(2);
    expect(deployment.spec!.strategy).toEqual({
      type: "RollingUpdate",
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
  });

  it("are found by the Service, the disruption budget, the network policy, the spreading and the Deployment", () => {
    const spread = pod.topologySpreadConstraints!.map(({ labelSelector }) => labelSelector!.matchLabels);
    const selectors = [
      deployment.spec!.selector.matchLabels,
      (contentOf("Service") as Service).spec!.selector,
      (contentOf("PodDisruptionBudget") as PodDisruptionBudget).spec!.selector!.matchLabels,
      (contentOf("NetworkPolicy") as NetworkPolicy).spec!.podSelector.matchLabels,
      ...spread,
    ];
    for (const selector of selectors) expect(labels).toMatchObject(selector!);
  });

  it("are asked about at addresses of the service, on its port", () => {
    const probes = [container!.startupProbe!, container!.readinessProbe!, container!.livenessProbe!];
    expect(probes.map(({ httpGet }) => httpGet)).toEqual([
      { path: "/health/live", port: port.name },
      { path: "/health/ready", port: port.name },
      { path: "/health/live", port: port.name },
    ]);
    expect((contentOf("Service") as Service).spec!.ports![0]!.targetPort).toBe(port.name);
    expect((contentOf("NetworkPolicy") as NetworkPolicy).spec!.ingress![0]!.ports![0]!.port).toBe(port.containerPort);
  });

  it("are not restarted while only the database is away", () => {
    expect(container!.livenessProbe!.httpGet!.path).not.toBe("/health/ready");
  });

  it("have as long to stop as the service takes at most", () => {
    const noticeSeconds = Number(container!.lifecycle!.preStop!.exec!.command!.at(-1));
    // Requests, twice the logins under way, the jobs, and the connections.
    const stop = 10 + 2 * 5 + 5 + 5;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(noticeSeconds + stop + 5);
  });

  it("have no more rights than to run", () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(container!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });
});
