import type { CalendarDate, AcknowledgementNumber, IncomeYear } from "../../domain";
import type { Persona } from "../../providers";
import { inventedIncome } from "./anyone";
import type { View, Views } from "./disagreements";
import { newSince2023, type Facts } from "./facts";

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

function asDocumented(persona: Persona): ReturnType<View> {
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
