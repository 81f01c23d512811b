import { startEmbedded } from "../../src/store/postgres/embedded";
import type { ProviderId } from "../../packages/client/src/operations";
import { externalPlace, newDataDir } from "../store/storePlace";
import { killAt, type Course, type Moment } from "./killing";

interface Cell extends Moment {
  readonly vendor: ProviderId;
  readonly end: "READY" | "FAILED" | "ENDED";
  /** How often the vendor logs in at the portal, all told. */
  readonly logins: 0 | 1;
}

type Outcome = Pick<Cell, "end" | "logins">;
const ready: Outcome = { end: "READY", logins: 1 };
const ended: Outcome = { end: "ENDED", logins: 1 };
const failed: Outcome = { end: "FAILED", logins: 1 };
const failedUnseen: Outcome = { end: "FAILED", logins: 0 };

/** A vendor's call is under way, and has or has not been seen by the vendor. */
function during(vendor: ProviderId, name: string, call: string, unseen: Outcome, answered: Outcome): Cell[] {
  return [
    { vendor, name: `${name}, not seen`, call: [call, "BEFORE"], ...unseen },
    { vendor, name: `${name}, answered`, call: [call, "AFTER"], ...answered },
  ];
}

/** Who waits for the vendor comes last: for those before, the vendor's time is made to pass. */
const cells: readonly Cell[] = [
  ...during("KWIKID", "login", "POST get_otp", failedUnseen, failed),
  { vendor: "KWIKID", name: "OTP awaited", atRest: "AWAITING_OTP", ...ready },
  ...during("KWIKID", "OTP", "POST get_data", failed, failed),
  ...during("KWIKID", "documents", "POST get_data_by_assessment_year", ready, ready),
  { vendor: "KWIKID", name: "ready", atRest: "READY", ...ready },
  ...during("KWIKID", "logout", "POST logout", ended, ended),

  ...during("DEEPVUE", "registration", "POST create-client", failedUnseen, failedUnseen),
  ...during("DEEPVUE", "first download", "POST itr-download", failedUnseen, failed),
  ...during("DEEPVUE", "documents", "GET get-itr-details", failed, failed),
  { vendor: "DEEPVUE", name: "ready", atRest: "READY", ...ready },

  ...during("TUTELAR", "login", "POST itr_verification", failedUnseen, failed),
  ...during("TUTELAR", "poll", "GET itr_verification", ready, ready),
  { vendor: "TUTELAR", name: "ready", atRest: "READY", ...ready },
  { vendor: "TUTELAR", name: "waiting", atRest: "PROCESSING", ...ready },

  ...during("FINPASS", "login", "POST analyze", failedUnseen, failed),
  ...during("FINPASS", "poll", "GET status", ready, ready),
  ...during("FINPASS", "documents", "GET data", ready, ready),
  { vendor: "FINPASS", name: "ready", atRest: "READY", ...ready },
  { vendor: "FINPASS", name: "waiting", atRest: "PROCESSING", ...ready },
];

/** The call that goes to the portal, and what else the vendor may be told of a login but once. */
const loginCalls: Readonly<Partial<Record<ProviderId, readonly [string, ...string[]]>>> = {
  KWIKID: ["POST get_otp"],
  DEEPVUE: ["POST itr-download", "POST create-client"],
  TUTELAR: ["POST itr_verification"],
  FINPASS: ["POST analyze"],
};

const courseByCell = new Map<Cell, Course>();

beforeAll(async () => {
  await using dataDir = newDataDir();
  const server = await startEmbedded({ dataDir: dataDir.path });
  try {
    await Promise.all(
      [...Map.groupBy(cells, ({ vendor }) => vendor)].map(async ([vendor, own]) => {
        await using place = await externalPlace(server.url);
        const courses = await killAt(own, vendor, await place.url());
        for (const [at, cell] of own.entries()) courseByCell.set(cell, courses[at]!);
      }),
    );
  } finally {
    await server.stop();
  }
}, 120_000);

afterAll(() => {
  const rows = cells.map((cell) => {
    const { states, code = "", submissions, count } = courseByCell.get(cell)!;
    const spent = [loginsOf(cell), `${count(otpCall)} of ${submissions}`, count(logoutCall)];
    return [cell.vendor, cell.name, states.map((state) => state ?? "and no further").join(" "), code, ...spent];
  });
  const header = ["vendor", "killed at", "seen by the next process", "problem", "logins", "OTPs", "logouts"];
  const widths = [8, 28, 38, 9, 7, 7, 7];
  const lines = [header, ...rows].map((row) => row.map((text, at) => String(text).padEnd(widths[at] ?? 0)).join(" "));
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
});

const otpCall = "POST get_data";
const logoutCall = "POST logout";

function loginsOf(cell: Cell): number {
  return courseByCell.get(cell)!.count(loginCalls[cell.vendor]![0]);
}

/** The names of those cells that are not as they ought to be. */
function cellsThat(isWrong: (course: Course, cell: Cell) => boolean): string[] {
  return cells.filter((cell) => isWrong(courseByCell.get(cell)!, cell)).map(({ vendor, name }) => `${vendor}: ${name}`);
}

describe("a session whose process is killed", () => {
  it.each(cells)("at $vendor, $name, comes to $end", (cell) => {
    const { states, code } = courseByCell.get(cell)!;
    expect(states).toContain(cell.end);
    expect(states.at(-1)).toBe(cell.end === "FAILED" ? "FAILED" : "ENDED");
    expect(code).toBe(cell.end === "FAILED" ? "INTERNAL" : undefined);
  });

  it("is found again by the request that opened it", () => {
    expect(cellsThat(({ isReplayed }) => !isReplayed)).toEqual([]);
  });

  it("costs no second login", () => {
    expect(cellsThat((_, cell) => loginsOf(cell) !== cell.logins)).toEqual([]);
    expect(cellsThat(({ count }, { vendor }) => loginCalls[vendor]!.some((call) => count(call) > 1))).toEqual([]);
  });

  it("has no one-time password tried without being asked", () => {
    expect(cellsThat(({ count, submissions }) => count(otpCall) > submissions)).toEqual([]);
  });

  it("is logged out where the vendor can do that", () => {
    expect(cellsThat(({ count }, { vendor }) => vendor === "KWIKID" && count(logoutCall) === 0)).toEqual([]);
  });

  it("loses nothing that was kept", () => {
    expect(cellsThat(({ keptBefore, keptAfter }) => keptBefore.some((what) => !keptAfter.includes(what)))).toEqual([]);
    expect(cellsThat(({ keptBefore }, { atRest }) => atRest === "READY" && keptBefore.length !== 2)).toEqual([]);
  });

  it("that becomes READY has all its documents", () => {
    expect(cellsThat(({ keptAfter }, { end }) => end === "READY" && keptAfter.length !== 2)).toEqual([]);
  });
});
