import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

interface Composition {
  readonly composer: string;
  /** Without `@join__` marks no gateway knows which subgraph has which field. */
  readonly hasJoins: boolean;
  /** The schema that clients see. */
  readonly types: readonly string[];
  /** Null for a gateway that answers. */
  readonly refusalByGateway: Readonly<Record<string, string | null>>;
}

const script = join(__dirname, "../support/composerTable.mjs");
let table: readonly Composition[];

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script], { maxBuffer: 16 * 1024 * 1024 });
  table = JSON.parse(/^TABLE (.*)$/m.exec(stdout)![1]!) as typeof table;
});

function compositionBy(composer: string): Composition {
  return table.find((row) => row.composer === composer)!;
}

const gateways = ["@apollo/gateway", "Hive Gateway", "Hive, in Rust"];
const supergraphComposers = ["@theguild/federation-composition", "@apollo/composition"];

it.each(supergraphComposers.flatMap((composer) => gateways.map((gateway) => ({ composer, gateway }))))(
  "$gateway answers by the supergraph of $composer",
  ({ composer, gateway }) => {
    expect(compositionBy(composer).refusalByGateway[gateway]).toBeNull();
  },
);

describe("@wundergraph/composition", () => {
  const composer = "@wundergraph/composition";

  it("composes our schema for a router of its own, without the @join__ marks that other gateways plan by", () => {
    expect(compositionBy(composer).hasJoins).toBe(false);
  });

  it.each(gateways)("makes nothing that %s takes, for want of these marks", (gateway) => {
    expect(compositionBy(composer).refusalByGateway[gateway]).toEqual(expect.any(String));
  });
});

it.each(["@apollo/composition", "@wundergraph/composition"])(
  "clients see the same types by %s as by @theguild/federation-composition",
  (composer) => {
    const [plain] = table;
    expect(plain!.types).toContainEqual(expect.stringContaining("union Evidence = Filing | Session | Taxpayer"));
    expect(compositionBy(composer).types).toEqual(plain!.types);
  },
);
