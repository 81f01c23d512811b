import type { Filing } from "../../src/domain/filing/filing";
import type { Pan } from "../../src/domain/identifiers";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { JsonObject } from "../../src/kernel/json";
import { readReply as readDeepvue } from "../../src/providers/deepvue/contract";
import { mapReturn, placeReturns } from "../../src/providers/deepvue/mapper";
import { readReturns } from "../../src/providers/finpass/contract";
import { toReadings } from "../../src/providers/finpass/mapper";
import { readReply as readKwikid } from "../../src/providers/kwikid/contract";
import { toOutcome } from "../../src/providers/kwikid/mapper";
import { returnCases } from "../support/returns";
import { documented, envelope, reply } from "./deepvue/replies";
import { reply as plainReply } from "./eko/replies";
import { reply as kwikidReply } from "./kwikid/replies";

const pan = "ZZZPA1234C" as Pan;

/** The same file as each vendor hands it over. */
const vendors: Record<string, (file: JsonObject) => Filing | undefined> = {
  KwikID: (itr_data) => {
    const outcome = toOutcome(
      readKwikid.itrData(kwikidReply({ itr_data }), () => undefined),
      {
        pan,
        incomeYear: undefined,
        nowMs: 0,
      },
    );
    return outcome.is === "RETURN" ? outcome.filing : undefined;
  },
  Deepvue: (raw_itr) => {
    const listed = readDeepvue.filedReturns(reply(envelope({ filed_itrs: [{ itr_id: 1 }] })), pan, () => undefined);
    const details = readDeepvue.returnDetails(
      reply(envelope({ ...documented.itrDetails, raw_itr })),
      pan,
      () => undefined,
    );
    const [placed] = placeReturns(listed);
    return placed && mapReturn(placed, details).filing;
  },
  Finpass: (parsed_data) => {
    const data = { pan, profile: { pan }, filings: [{ parsed_data }] };
    const returns = readReturns(plainReply({ success: true, data }), pan, () => undefined);
    if (returns === "NOT_YET") return undefined;
    const incomeYears = Array.from({ length: 8 }, (_, at) => (2018 + at) as IncomeYear);
    const readings = toReadings(returns, { pan, documents: ["FILINGS"], incomeYears }, 0);
    const filings = readings.flatMap(({ answer }) => (answer.outcome === "FOUND" ? (answer.value as Filing[]) : []));
    return filings[0];
  },
};

describe.each(Object.entries(vendors))("a return through %s", (_vendor, filingOf) => {
  it.each(returnCases.map(({ title, ...rest }) => [title, rest] as const))(
    "says what was reckoned by hand: %s",
    (_title, { file, truth }) => {
      const told = filingOf(file);
      const asked = Object.keys(truth) as (keyof Filing)[];
      expect(Object.fromEntries(asked.map((name) => [name, told?.[name]]))).toEqual(truth);
    },
  );
});
