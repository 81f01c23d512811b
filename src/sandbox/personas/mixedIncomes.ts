import { fromPaise, rupees, zeroRupees, type Rupees, type IncomeYear } from "../../domain";
import { alwaysOld, growing, newSince2023, type Facts, type YearIncome } from "./facts";

/** Personas with several kinds of income. */
export const mixedIncomes: readonly Facts[] = [
  {
    pan: "ZZZPK9001A",
    title: "has two employers in a year, each of whom deducts as if there were no other",
    name: "LATA KAMATH",
    fatherName: "SUDHIR KAMATH",
    bornOn: "1990-02-11",
    gender: "Female",
    city: "BENGALURU",
    regime: newSince2023,
    income: (year) => ({
      salary: growing(720_000, 60_000)(year),
      secondSalary: growing(640_000, 70_000)(year),
      savingsInterest: rupees(8_400),
      paysNoAdvance: true,
    }),
  },
  {
    pan: "ZZZPK9002B",
    title: "lost with futures and options, and sets the losses off against later profits",
    name: "MOHIT KAPOOR",
    fatherName: "ASHOK KAPOOR",
    bornOn: "1985-11-23",
    gender: "Male",
    city: "MUMBAI",
    regime: newSince2023,
    income: tradingIncome,
  },
  {
    pan: "ZZZPK9003C",
    title: "a partner of a firm, with remuneration and interest from it",
    name: "NEELA KHANNA",
    fatherName: "RAJENDRA KHANNA",
    bornOn: "1977-07-01",
    gender: "Female",
    city: "DELHI",
    regime: newSince2023,
    income: (year) => ({
      fromFirm: {
        remuneration: growing(1_100_000, 60_000)(year),
        interest: rupees(240_000),
        profitShare: growing(905_000, 48_000)(year),
        capital: growing(3_200_000, 150_000)(year),
      },
      savingsInterest: rupees(15_000),
    }),
  },
  {
    pan: "ZZZFK9004D",
    title: "a firm (ITR-5), taxed at a flat rate on what its partners' pay leaves",
    name: "KHANNA AND SONS",
    fatherName: "",
    bornOn: "2009-04-15",
    city: "DELHI",
    holder: "FIRM",
    regime: newSince2023,
    income: (year) => ({
      businessProfit: growing(2_600_000, 140_000)(year),
      gstTurnover: growing(41_000_000, 2_300_000)(year),
      depositInterest: rupees(90_000),
    }),
  },
  {
    pan: "ZZZPK9005E",
    title: "a proprietor with books of account, whose turnover the returns of GST tell too",
    name: "OMKAR KOTHARI",
    fatherName: "HEMANT KOTHARI",
    bornOn: "1973-09-09",
    gender: "Male",
    city: "JAIPUR",
    regime: alwaysOld,
    income: (year) => ({
      businessProfit: growing(1_350_000, 90_000)(year),
      gstTurnover: growing(18_400_000, 1_150_000)(year),
      savingsInterest: rupees(9_700),
      investments: rupees(150_000),
    }),
  },
  {
    pan: "ZZZPK9006F",
    title: "a farmer with a trade: the farm's income raises the rate of the other",
    name: "PARVATI KULKARNI",
    fatherName: "VITTHAL KULKARNI",
    bornOn: "1979-06-02",
    gender: "Female",
    city: "PUNE",
    regime: newSince2023,
    income: (year) => ({
      presumptive: { receipts: growing(14_000_000, 700_000)(year), profitPercent: 8 },
      agriculturalIncome: growing(380_000, 45_000)(year),
      savingsInterest: rupees(5_200),
    }),
  },
  {
    pan: "ZZZPK9007G",
    title: "sold farmland in 2024-25, and spent nearly all of the gain on other land (section 54B)",
    name: "RAVI KADAM",
    fatherName: "DATTA KADAM",
    bornOn: "1968-12-19",
    gender: "Male",
    city: "PUNE",
    regime: newSince2023,
    income: (year) => ({
      salary: growing(680_000, 35_000)(year),
      depositInterest: rupees(36_000),
      ...(year === 2024 && {
        landSold: { price: rupees(23_650_000), cost: rupees(2_072_000), exempt: rupees(21_400_000) },
      }),
    }),
  },
  {
    pan: "ZZZPK9008H",
    title: "trades virtual digital assets beside a salary (section 115BBH)",
    name: "SANA KHAN",
    fatherName: "IQBAL KHAN",
    bornOn: "1998-03-30",
    gender: "Female",
    city: "MUMBAI",
    firstYear: 2022,
    regime: newSince2023,
    income: (year) => ({
      salary: growing(900_000, 110_000)(year),
      virtualAssets: { sold: growing(420_000, 90_000)(year), gain: growing(60_000, 35_000)(year) },
    }),
  },
  {
    pan: "ZZZPK9009J",
    title: "lives on a pension and a family pension",
    name: "TARABAI KAUL",
    fatherName: "SHAMBHU KAUL",
    bornOn: "1950-04-01",
    gender: "Female",
    city: "DELHI",
    regime: newSince2023,
    income: (year) => ({
      salary: growing(480_000, 22_000)(year),
      familyPension: growing(300_000, 12_000)(year),
      depositInterest: growing(120_000, 6_000)(year),
      oddities: ["GOVERNMENT_EMPLOYER"],
    }),
  },
  {
    pan: "ZZZPK9010K",
    title: "filed the returns of 2023-24 and 2024-25 on one day, shortly before asking for a loan",
    name: "UMA KINI",
    fatherName: "GANESH KINI",
    bornOn: "1992-10-05",
    gender: "Female",
    city: "KOCHI",
    firstYear: 2023,
    regime: newSince2023,
    income: (year) => ({ presumptive: { receipts: growing(4_300_000, 900_000)(year), profitPercent: 9.5 } }),
    story: (year) => (year === 2023 ? "UPDATED_FIRST" : year === 2024 ? "BELATED" : "SETTLED"),
    filedOn: (year) => (year <= 2024 ? "2025-12-22" : undefined),
  },
  {
    pan: "ZZZPK9011L",
    title: "claims a refund for gifts to political parties of most of the salary (section 80GGC)",
    name: "VIKAS KOHLI",
    fatherName: "DINESH KOHLI",
    bornOn: "1989-01-17",
    gender: "Male",
    city: "DELHI",
    regime: alwaysOld,
    income: (year) => ({
      salary: growing(1_620_000, 90_000)(year),
      investments: rupees(150_000),
      politicalDonation: growing(700_000, 120_000)(year),
    }),
  },
  {
    pan: "ZZZPK9012M",
    title: "discarded the latest return unverified, and filed once more when it was late",
    name: "ZARINA KAZI",
    fatherName: "ANWAR KAZI",
    bornOn: "1994-08-25",
    gender: "Female",
    city: "KOLKATA",
    regime: newSince2023,
    income: (year) => ({ salary: growing(1_020_000, 80_000)(year), savingsInterest: rupees(11_000) }),
    story: (_year, yearsAgo) => (yearsAgo === 0 ? "DISCARDED" : "SETTLED"),
    filedOn: (year) => `${year + 1}-10-12`,
  },
];

/** In lakh: the result of trading, and the earlier losses set off against it. The only other income is interest. */
const tradingByYear: ReadonlyMap<number, readonly [profit: number, setOff: number]> = new Map([
  [2020, [6, 0]],
  [2021, [-18, 0]],
  [2022, [-12, 0]],
  [2023, [9, 9]],
  [2024, [11, 11]],
  [2025, [14, 6]],
]);

function tradingIncome(year: IncomeYear): YearIncome {
  const [profit, setOff] = tradingByYear.get(year) ?? [15, 0];
  return {
    businessProfit: lakhs(profit),
    lossSetOff: setOff === 0 ? zeroRupees : lakhs(setOff),
    depositInterest: rupees(200_000),
    paysNoAdvance: true,
  };
}

function lakhs(count: number): Rupees {
  return fromPaise(count * 100_000 * 100);
}
