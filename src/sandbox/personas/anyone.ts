import type { PortalBehaviour } from "../../providers";
import { rupees, type Rupees, type IncomeYear } from "../../domain";
import { growing, newSince2023, type Facts, type YearIncome } from "./facts";
import { cityNames } from "./cities";
import { digitsFrom, pickFrom } from "./identity";

const firstNames = [
  ["AARAV", "Male"],
  ["ANANYA", "Female"],
  ["DEV", "Male"],
  ["KAVYA", "Female"],
  ["NIKHIL", "Male"],
  ["POOJA", "Female"],
  ["ROHAN", "Male"],
  ["SNEHA", "Female"],
] as const;

/** One for each letter, since the fifth letter of a PAN is the first of the surname. */
const surnames =
  "ARORA BANSAL CHANDRA DIXIT EAPEN FERNANDES GUPTA HEGDE IYER JOSHI KULKARNI LAL MEHTA NAIR OBEROI PILLAI QURESHI RAO SHAH TIWARI UPADHYAY VERMA WAGLE XAVIER YADAV ZAVERI".split(
    " ",
  );

const invented = /^ZZZP[A-Z][0-9]{4}[A-Z]$/;

/** A plain salaried person who files in time, for any PAN of the invented series; always the same for the same PAN. */
export function anyoneOf(pan: string): Facts | undefined {
  if (!invented.test(pan)) return undefined;
  const [firstName, gender] = pickFrom<readonly [string, "Male" | "Female"]>(`${pan} name`, firstNames);
  const surname = surnames.find((name) => name.startsWith(pan.charAt(4))) ?? "SHAH";
  const year = 1965 + (Number(digitsFrom(`${pan} born`, 4)) % 35);
  const day = 10 + (Number(digitsFrom(`${pan} day`, 4)) % 18);
  return {
    pan,
    title: "a salaried person who files in time",
    name: `${firstName} ${surname}`,
    fatherName: `RAJESH ${surname}`,
    bornOn: `${year}-0${1 + (year % 9)}-${day}`,
    gender,
    city: pickFrom(`${pan} city`, cityNames),
    regime: newSince2023,
    income: inventedIncome(pan),
  };
}

export function inventedIncome(pan: string): (incomeYear: IncomeYear) => YearIncome {
  const thousands = (what: string, least: number, range: number): number =>
    1_000 * (least + (Number(digitsFrom(`${pan} ${what}`, 6)) % range));
  const salary = growing(thousands("salary", 450, 1_400), thousands("rise", 30, 90));
  const savingsInterest: Rupees = rupees(thousands("savings", 2, 15));
  const overdeducted: Rupees = rupees(thousands("refund", 0, 20));
  return (incomeYear) => ({ salary: salary(incomeYear), savingsInterest, overdeducted });
}

/** People like any other, except for how the portal treats their login. */
export const portalCases: readonly Facts[] = [
  atThePortal("ZZZPA1004D", "SOURCE_DOWN", "the source is down", "GITA ARORA"),
  atThePortal("ZZZPV7001A", "VAULT", "a vault keeps passwords from opening the account", "ALOK VERMA"),
  atThePortal("ZZZPV7002B", "WRONG_PASSWORD", "every password is wrong", "BINA VYAS"),
  atThePortal("ZZZPV7003C", "LOCKED", "the account is locked after wrong passwords", "CYRUS VAKIL"),
  atThePortal("ZZZPV7004D", "SLOW", "the portal takes its time", "DIVYA VARGHESE"),
  atThePortal("ZZZPV7005E", "OTP_NOT_SENT", "the one-time password never arrives", "EKNATH VAIDYA"),
];

function atThePortal(pan: string, portal: PortalBehaviour, title: string, name: string): Facts {
  return {
    pan,
    title,
    name,
    portal,
    fatherName: `SHYAM ${name.split(" ")[1] ?? ""}`,
    bornOn: "1980-08-20",
    gender: /^(GITA|BINA|DIVYA)/.test(name) ? "Female" : "Male",
    city: "DELHI",
    regime: newSince2023,
    income: inventedIncome(pan),
  };
}
