import {
  type AcknowledgementNumber,
  type CalendarDate,
  type IncomeYear,
  type ProviderId,
  addRupees,
  rupees,
  zeroRupees,
} from "../../domain";
import type { Persona } from "../../providers";
import { type Facts, newSince2023 } from "./facts";
import { inventedIncome } from "./anyone";

/** How one vendor sees a persona: the changed facts are the planted disagreement. */
type View = (persona: Persona) => Persona;
export type Views = Partial<Record<ProviderId, View>>;

/** Personas about whom one vendor reports something different. */
export const disagreements: readonly { readonly facts: Facts; readonly asSeenBy: Views }[] = [
  {
    facts: plain("ZZZPH8001A", "Finpass tells another total income than the others", "CHITRA HARI"),
    asSeenBy: { FINPASS: withLargerIncome },
  },
  {
    facts: plain("ZZZPH8002B", "Tutelar has not noticed that the return is processed", "DHRUV HEGDE"),
    asSeenBy: { TUTELAR: withStaleStatus },
  },
  {
    facts: plain("ZZZPH8003C", "Deepvue misses the return before the latest", "ELA HIRANI"),
    asSeenBy: { DEEPVUE: withoutTheYearBefore },
  },
];

function plain(pan: string, title: string, name: string): Facts {
  return {
    pan,
    title,
    name,
    fatherName: `GOPAL ${name.split(" ")[1] ?? ""}`,
    bornOn: "1987-03-14",
    gender: name.startsWith("DHRUV") ? "Male" : "Female",
    city: "BENGALURU",
    regime: newSince2023,
    income: inventedIncome(pan),
  };
}

function withLargerIncome(persona: Persona): Persona {
  const [latest, ...earlier] = persona.filings;
  if (latest === undefined) return persona;
  const totalIncome = addRupees(latest.totalIncome ?? zeroRupees, rupees(40_000));
  return { ...persona, filings: [{ ...latest, totalIncome }, ...earlier] };
}

function withStaleStatus(persona: Persona): Persona {
  const [latest, ...earlier] = persona.filings;
  if (latest === undefined) return persona;
  const until = latest.statusHistory.findIndex(({ status }) => status === "UNDER_PROCESSING");
  if (until < 0) return persona;
  const statusHistory = latest.statusHistory.slice(0, until + 1);
  const refund = latest.refund && { claimed: latest.refund.claimed };
  return { ...persona, filings: [{ ...latest, status: "UNDER_PROCESSING", statusHistory, refund }, ...earlier] };
}

function withoutTheYearBefore(persona: Persona): Persona {
  const latestYear = persona.filings[0]?.incomeYear ?? 0;
  return { ...persona, filings: persona.filings.filter(({ incomeYear }) => incomeYear !== latestYear - 1) };
}

/** The PANs that the vendors' own pages print. */
export const samples: readonly { readonly facts: Facts; readonly asSeenBy?: Views }[] = [
  {
    facts: sample("ABCDE1234F", "RAHUL SHARMA", "1988-05-15", "the sample of Eko's pages, which end with 2024"),
    asSeenBy: { EKO: asDocumented },
  },
  { facts: sample("AABPM5678K", "RAJESH KUMAR SHARMA", "1998-05-15", "the sample of Finpass's pages") },
  { facts: sample("EVXPD2019C", "SUNIL DAS", "1990-01-01", "the sample of Tutelar's pages") },
];

function sample(pan: string, name: string, bornOn: string, title: string): Facts {
  return {
    pan,
    title,
    name,
    bornOn,
    fatherName: "KUMAR SHARMA",
    gender: "Male",
    city: "MUMBAI",
    ...(pan === "ABCDE1234F" && { lastYear: 2023 }),
    regime: newSince2023,
    income: inventedIncome(pan),
  };
}

function asDocumented(persona: Persona): Persona {
  const { compliance } = persona;
  if (compliance === undefined) return persona;
  return {
    ...persona,
    compliance: {
      ...compliance,
      incomeYear: 2023 as IncomeYear,
      filedOn: "2024-07-25" as CalendarDate,
      acknowledgementNumber: "123456789012345" as AcknowledgementNumber,
    },
  };
}
