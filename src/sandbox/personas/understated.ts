import { rupees } from "../../domain";
import { alwaysOld, growing, newSince2023, type Facts } from "./facts";

/** People whose returns tell less than others report, or claim more. */
export const understated: readonly Facts[] = [
  {
    pan: "ZZZPK9013N",
    title: "leaves interest and sales of shares out of the return that others report",
    name: "AJIT KARVE",
    fatherName: "MADHAV KARVE",
    bornOn: "1983-05-16",
    gender: "Male",
    city: "PUNE",
    regime: newSince2023,
    income: (year) => ({
      salary: growing(1_180_000, 70_000)(year),
      undeclared: { depositInterest: rupees(38_500), sharesSold: growing(900_000, 250_000)(year) },
    }),
  },
  {
    pan: "ZZZPK9014P",
    title: "leaves out the salary of a second employer, who paid too little to deduct tax",
    name: "BHAVNA KELKAR",
    fatherName: "SHRIPAD KELKAR",
    bornOn: "1993-07-21",
    gender: "Female",
    city: "PUNE",
    regime: newSince2023,
    income: (year) => ({
      salary: growing(840_000, 65_000)(year),
      undeclared: { salary: growing(180_000, 6_000)(year) },
    }),
  },
  {
    pan: "ZZZPK9015Q",
    title: "tells a fifth less of the receipts than clients report under section 194J, and claims all their tax",
    name: "CYRIL KURIAN",
    fatherName: "MATHEW KURIAN",
    bornOn: "1986-12-08",
    gender: "Male",
    city: "KOCHI",
    regime: newSince2023,
    income: (year) => ({
      presumptive: { receipts: growing(2_000_000, 160_000)(year), profitPercent: 62, isProfession: true },
      undeclared: { fees: growing(500_000, 40_000)(year) },
    }),
  },
  {
    pan: "ZZZPK9016R",
    title: "tells the Department a turnover that is a quarter below that of GST",
    name: "DILIP KANSARA",
    fatherName: "JAYANT KANSARA",
    bornOn: "1970-03-03",
    gender: "Male",
    city: "JAIPUR",
    regime: alwaysOld,
    income: (year) => ({
      businessProfit: growing(1_100_000, 70_000)(year),
      gstTurnover: growing(15_000_000, 900_000)(year),
      undeclared: { gstTurnover: growing(5_000_000, 300_000)(year) },
    }),
  },
  {
    pan: "ZZZPK9017S",
    title: "forgets the dividends of a company, too small for a deduction",
    name: "ELINA KACHRU",
    fatherName: "MOTI KACHRU",
    bornOn: "1997-01-26",
    gender: "Female",
    city: "DELHI",
    regime: newSince2023,
    income: (year) => ({
      salary: growing(950_000, 85_000)(year),
      savingsInterest: rupees(6_300),
      undeclared: { dividend: rupees(4_800) },
    }),
  },
  {
    pan: "ZZZPK9018T",
    title: "claims the tax of a client who kept it instead of depositing it",
    name: "FIROZ KANGA",
    fatherName: "RUSTOM KANGA",
    bornOn: "1981-09-14",
    gender: "Male",
    city: "MUMBAI",
    regime: newSince2023,
    income: (year) => ({
      presumptive: { receipts: growing(2_400_000, 120_000)(year), profitPercent: 60, isProfession: true },
      claimsUnmatched: true,
      oddities: ["UNMATCHED_BOOKING"],
    }),
  },
];
