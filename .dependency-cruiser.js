const path = require("node:path");

// Layer → the layers it may import. Its own folder is always allowed.
const mayImport = {
  kernel: [],
  domain: ["kernel"],
  department: ["kernel", "domain"],
  providers: ["kernel", "domain", "department"],
  config: ["kernel", "domain", "providers"],
  upstream: ["kernel", "domain"],
  sessions: ["kernel", "domain", "providers"],
  links: ["kernel", "domain", "providers", "sessions"],
  reading: ["kernel", "domain", "providers", "sessions"],
  runs: ["kernel", "domain", "providers", "sessions", "reading"],
  webhooks: ["kernel", "domain"],
  store: ["kernel", "domain"],
  graph: ["kernel", "domain", "providers", "reading", "sessions", "links", "runs", "webhooks"],
  guard: ["kernel", "graph"],
  server: ["kernel", "domain", "providers", "reading", "sessions", "links", "runs", "webhooks", "graph", "guard"],
  sandbox: ["kernel", "domain", "department", "providers"],
};

// Whoever implements a port sees the port's types, and nothing that runs.
const portsOf = {
  upstream: "^src/(providers/index|(reading|webhooks)/ports)\\.ts$",
  store: "^src/(reading|upstream|guard|sessions|links|runs|webhooks)/ports\\.ts$",
};

// These have packages of their own, which need not be installed.
const ownPackages = "^(bench|examples)/";

const layers = Object.keys(mayImport);

const layerRules = layers.map((layer) => {
  const open = [layer, ...mayImport[layer]].map((name) => `^src/${name}/`);
  const withPorts = portsOf[layer] ? [...open, portsOf[layer]] : open;
  return forbid(`${layer}-keeps-to-its-layer`, { path: `^src/${layer}/` }, { path: "^src/", pathNot: withPorts });
});

const portRules = Object.entries(portsOf).map(([layer, ports]) =>
  forbid(
    `${layer}-sees-only-the-types-of-its-ports`,
    { path: `^src/${layer}/` },
    { path: ports, dependencyTypesNot: ["type-only"] },
  ),
);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    ...portRules,
    // A folder has one face, `index.ts`, and one list of what it needs, `ports.ts`. A command is loaded only when it is named.
    forbid(
      "a-layer-has-one-face",
      { path: "^src/(main\\.ts$|([^/]+)/)" },
      { path: "^src/[^/]+/", pathNot: ["^src/$2/", "^src/[^/]+/(index|ports)\\.ts$", "^src/commands/"] },
    ),
    forbid(
      "a-room-has-one-face",
      { path: "^src/([^/]+)/([^/]+)" },
      { path: "^src/$1/[^/]+/", pathNot: ["^src/$1/$2/", "^src/[^/]+/[^/]+/(index|ports)\\.ts$"] },
    ),
    // A part of a vendor that is a folder has one face too. Fixtures are only data and printers of data.
    forbid(
      "a-part-of-a-vendor-has-one-face",
      { path: "^src/providers/([^/]+)/([^/]+)" },
      {
        path: "^src/providers/$1/[^/]+/",
        pathNot: ["^src/providers/$1/($2|fixtures)/", "^src/providers/[^/]+/[^/]+/index\\.ts$"],
      },
    ),
    forbid("domain-is-pure", { path: "^src/domain/" }, { pathNot: "^src/" }),
    forbid(
      "vendors-do-not-know-each-other",
      { path: "^src/providers/([^/]+)/" },
      { path: "^src/providers/[^/]+/", pathNot: "^src/providers/$1/" },
    ),
    forbid(
      "only-the-registry-knows-vendors",
      { path: "^src/", pathNot: "^src/providers/" },
      { path: "^src/providers/[^/]+/" },
    ),
    forbid("nobody-imports-main", {}, { path: "^src/main\\.ts$" }),
    forbid(
      "only-main-imports-compose",
      { pathNot: "^src/(main\\.ts$|(compose|commands)/)" },
      { path: "^src/compose/" },
    ),
    forbid(
      "settings-are-handed-down",
      { path: "^src/", pathNot: ["^src/main\\.ts$", "^src/(config|commands|compose)/"] },
      { path: "^src/config/" },
    ),
    forbid(
      "every-folder-has-a-layer",
      { path: "^src/" },
      {
        path: "^src/",
        pathNot: [`^src/(${layers.join("|")}|commands|compose)/`, "^src/main\\.ts$"],
      },
    ),
    forbid("src-stands-alone", { path: "^src/" }, { path: "^(test|bench|playground|console|scripts|examples)/" }),
    forbid("callers-import-nothing-from-src", { path: "^(console|playground|examples)/" }, { path: "^src/" }),
    forbid(
      "src-needs-no-dev-dependency",
      { path: "^src/" },
      // TypeScript finds the types of `pg` in `@types/pg`; at run time it is `pg` itself that is loaded.
      { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" },
    ),
    forbid("no-cycles", {}, { circular: true }),
    forbid("no-orphans", { orphan: true, path: "^src/", pathNot: "^src/main\\.ts$" }, {}),
    // An import that leads nowhere would slip through every rule above.
    forbid("imports-resolve", { pathNot: ownPackages }, { couldNotResolve: true }),
    forbid("own-imports-resolve", { path: ownPackages }, { couldNotResolve: true, path: "^\\." }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, "tsconfig.json") },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main"],
    },
  },
};

function forbid(name, from, to) {
  return { name, severity: "error", from, to };
}
