import type { DocumentKind } from "../../../src/domain/answer";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { Secret } from "../../../src/kernel/secret";
import { meetDeepvue, staying } from "./meeting";

const everything: readonly DocumentKind[] = ["PROFILE", "FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"];

describe("readings at Deepvue", () => {
  /** The documents of each report, with the calls that had been made by then. */
  async function reportsOf(documents: readonly DocumentKind[], years: readonly number[]) {
    const { client, persona, asked, requests } = meetDeepvue();
    const { pan, password } = persona;
    const login = { pan, password: new Secret(password), years: 3, documents: everything };
    const { ticket } = await client.open(login, staying);
    requests.length = 0;
    const reports: { readonly documents: readonly string[]; readonly calls: readonly string[] }[] = [];
    const wanted = { pan, documents, incomeYears: years as IncomeYear[] };
    const { readings } = await client.read(ticket, wanted, staying, (come) => {
      const named = come.map(({ document, incomeYear }) => [document, incomeYear].join(" ").trim());
      reports.push({ documents: named, calls: asked() });
    });
    return { reports, readings };
  }

  it("are reported before the next download", async () => {
    const { reports } = await reportsOf(everything, [2024]);
    expect(reports[0]?.documents).toContain("PROFILE");
    expect(reports[0]?.calls).not.toContain("26as-download");
    const credits = reports.find(({ documents }) => documents.includes("TAX_CREDITS 2024"));
    expect(credits?.calls).not.toContain("ais-download");
  });

  it("are reported of the newest return first, and returned with the others", async () => {
    const { reports, readings } = await reportsOf(["PROFILE", "FILINGS"], [2024, 2023, 2022]);
    const reportOf = (name: string) => reports.findIndex(({ documents }) => documents.includes(name));
    expect(reportOf("PROFILE")).toBeLessThanOrEqual(reportOf("FILINGS 2024"));
    expect(reportOf("FILINGS 2024")).toBeLessThan(reportOf("FILINGS 2023"));
    expect(readings.map(({ document, incomeYear }) => [document, incomeYear].join(" ").trim())).toEqual([
      "PROFILE",
      "FILINGS 2024",
      "FILINGS 2023",
      "FILINGS 2022",
    ]);
  });
});
