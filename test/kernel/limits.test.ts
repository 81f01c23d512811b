import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beyond, limitNames, limitRegister, untilLater, type Limits } from "../../src/kernel/limits";
import { printLimitTable } from "../../src/commands/registerPages";

const limits = Object.fromEntries(limitNames.map((name, at) => [name, 7_000 + at])) as Limits;

describe("the register of limits", () => {
  it("is what docs/limits.md prints", () => {
    expect(readFileSync(join(__dirname, "../../docs/limits.md"), "utf8")).toBe(printLimitTable());
  });

  it("has a setting of its own for each limit", () => {
    expect(new Set(limitNames.map((name) => limitRegister[name].setting)).size).toBe(limitNames.length);
  });

  it.each(limitNames)("tells %s by its name and its number", (name) => {
    const fault = beyond(name, limits);
    expect(fault.code).toBe("LIMIT_EXCEEDED");
    expect(fault.message).toMatch(new RegExp(`At most ${limits[name]} [a-z].* \\(limit: ${name}\\)\\.$`));
  });

  it("tells when what is free again later may be tried again", () => {
    const { code, context } = untilLater("requestsPerMinute", limits, 7);
    expect([code, context.retryAfterSeconds]).toEqual(["RATE_LIMITED", 7]);
  });
});
