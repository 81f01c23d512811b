import { rupees } from "../../domain";
import { alwaysOld, growing, newSince2023, type Facts } from "./facts";

/** People who work for themselves: their tax is deducted by clients or paid in advance. */
export const selfEmployed: readonly Facts[] = [
  {
    pan: "ZZZPC3001A",
    title:
      "a freelancer taxed on a declared share of the receipts, half of them or more (44ADA); one client's deduction is unmatched",
    name: "ISHAAN CHAWLA",
    fatherName: "PRAKASH CHAWLA",
    bornOn: "1990-05-25",
    gender: "Male",
    city: "BENGALURU",
    regime: newSince2023,
    income: (year) => ({
      presumptive: {
        receipts: growing(1_800_000, 260_000)(year),
        profitPercent: 50 + ((year * 3) % 8),
        isProfession: true,
      },
      savingsInterest: growing(12_000, 1_500)(year),
      oddities: ["UNMATCHED_BOOKING"],
    }),
  },
  {
    pan: "ZZZPC3002B",
    title: "a shopkeeper taxed on 6 % of the turnover or more (44AD), who draws cash enough for section 194N",
    name: "JAYA CHETTY",
    fatherName: "MURUGAN CHETTY",
    bornOn: "1982-03-19",
    gender: "Female",
    city: "CHENNAI",
    regime: newSince2023,
    income: (year) => ({
      presumptive: { receipts: growing(15_500_000, 600_000)(year), profitPercent: 6 + ((year * 7) % 5) / 4 },
      cashWithdrawn: rupees(12_000_000),
      savingsInterest: rupees(6_400),
    }),
  },
  {
    pan: "ZZZPC3003C",
    title: "a trader in derivatives, with books of account (ITR-3)",
    name: "KARAN CHOPRA",
    fatherName: "SANJAY CHOPRA",
    bornOn: "1987-10-10",
    gender: "Male",
    city: "MUMBAI",
    regime: newSince2023,
    income: (year) => ({
      businessProfit: growing(1_150_000, 175_000)(year),
      shortTermGains: growing(80_000, 12_000)(year),
      dividend: growing(14_000, 2_000)(year),
    }),
  },
  {
    pan: "ZZZPC3004D",
    title: "a consultant in the old regime whose clients deduct far too much",
    name: "LEELA CHERIAN",
    fatherName: "THOMAS CHERIAN",
    bornOn: "1969-07-07",
    gender: "Female",
    city: "KOCHI",
    regime: alwaysOld,
    income: (year) => ({
      presumptive: { receipts: growing(1_100_000, 40_000)(year), profitPercent: 50, isProfession: true },
      investments: rupees(150_000),
    }),
  },
];
