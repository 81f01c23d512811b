import type { PortalBehaviour } from "../../providers";
import { newSince2023, type Facts } from "./facts";
import { inventedIncome } from "./anyone";

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
