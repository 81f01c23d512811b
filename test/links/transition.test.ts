import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printLinkStates } from "../../src/commands/registerPages";
import { linkStates } from "../../src/links/link";
import { type LinkTransitionName, linkTransitions, mayMove } from "../../src/links/transition";

/** Written out by hand beside the table, so that a change of either shows. */
const legal: Readonly<Record<LinkTransitionName, string>> = {
  opened: "CREATED → OPENED",
  agreed: "OPENED → CONSENTED",
  declined: "OPENED CONSENTED → DECLINED",
  loginBegun: "CONSENTED → CONSENTED",
  loginUnderWay: "CONSENTED → CONSENTED",
  loginFailed: "CONSENTED → CONSENTED",
  providerChanged: "CONSENTED → CONSENTED",
  connected: "CONSENTED → CONNECTED",
  failed: "CONSENTED → FAILED",
  expired: "CREATED OPENED CONSENTED → EXPIRED",
  cancelled: "CREATED OPENED CONSENTED → CANCELLED",
};

const names = Object.keys(linkTransitions) as LinkTransitionName[];

describe("the table of a link's transitions", () => {
  it.each(names)("lets %s happen where it may, and nowhere else", (name) => {
    const from = linkStates.filter((state) => mayMove(name, state));
    expect(`${from.join(" ")} → ${linkTransitions[name].to}`).toBe(legal[name]);
  });

  it("leads to every state but the first", () => {
    const reached = new Set(names.map((name) => linkTransitions[name].to));
    expect(reached).toEqual(new Set(linkStates.filter((state) => state !== "CREATED")));
  });
});

it("the diagram of a link's states is what docs/linkStates.md prints", () => {
  expect(readFileSync(join(__dirname, "../../docs/linkStates.md"), "utf8")).toBe(printLinkStates());
});
