import type { Word } from "../../src/domain";
import type { BankAccount, Filing } from "../../src/domain/filing/filing";
import { zeroRupees } from "../../src/domain/rupees";
import type { TaxCreditStatement } from "../../src/domain/statements/taxCredits";
import type { Profile } from "../../src/domain/taxpayer";
import type { Persona } from "../../src/providers/persona";
import type { ProviderId } from "../../packages/client/src/operations";
import { filingInFile, hasFile, nothingOf, profileInFile, timelinessInFile } from "./returnFile";

/** A person as far as a vendor's own formats can tell of them: what they have no place for is left out, and said here. */
export function tellableBy(provider: ProviderId, persona: Persona): Persona {
  return { ...persona, ...viewByProvider[provider]!(persona) };
}

/** How a vendor knows of a return. Deepvue sends the files of all forms. */
export function tellableMethod(provider: ProviderId, form: Filing["form"]): Word<"ProvenanceMethod"> {
  if (provider === "TUTELAR") return "DERIVED";
  return provider === "DEEPVUE" || hasFile({ form }) ? "PARSED" : "REPORTED";
}

type Reported = Pick<Persona, "filings" | "taxCredits" | "informationStatements" | "demands" | "profile">;

const noProfile: Profile = { aadhaarLink: { linked: null } };
const noStatements = { taxCredits: [], informationStatements: [], demands: [] };

const viewByProvider: Partial<Record<ProviderId, (persona: Persona) => Reported>> = {
  /** Of each year the newest return alone: its file, or a flat summary where there is none. */
  KWIKID(persona) {
    const newest = persona.filings.filter(
      ({ incomeYear }, at, all) => at === all.findIndex((other) => other.incomeYear === incomeYear),
    );
    const filings = newest.map((filing) =>
      hasFile(filing) ? { ...filingInFile(filing), ...nothingBesideTheFile } : summaryOf(filing, persona),
    );
    const [latest] = newest;
    if (latest === undefined) return { ...noStatements, filings, profile: noProfile };
    const { name, dateOfBirth, email, mobile, aadhaar } = persona.profile;
    const profile = hasFile(latest)
      ? profileInFile(persona)
      : { name, dateOfBirth, email, mobile, aadhaar, ...noProfile };
    return { ...noStatements, filings, profile };
  },

  /** The portal's list of returns, the file of each, and both statements. Of demands it tells nothing. */
  DEEPVUE(persona) {
    const { filings, taxCredits, informationStatements, profile } = persona;
    const listed = filings.map((filing) => {
      const { acknowledgementNumber, filedOn, status, statusHistory } = filing;
      return { ...filingInFile(filing), acknowledgementNumber, filedOn, status, statusHistory };
    });
    const [latest] = filings;
    const told = latest === undefined ? noProfile : profileBesideList(profile, profileInFile(persona));
    return { filings: listed, taxCredits, informationStatements, demands: [], profile: told };
  },

  /** Acknowledgement forms: their number, year and kind, and that is proof of filing. */
  TUTELAR({ filings }) {
    const proven = filings.map(({ acknowledgementNumber, incomeYear, kind }) => ({
      ...nothingOf(incomeYear, kind),
      acknowledgementNumber,
      status: "FILED" as const,
    }));
    return { ...noStatements, filings: proven, profile: noProfile };
  },

  /** Files with an analysis that fills their gaps, the portal's events, tax deducted without its circumstances, demands. */
  FINPASS(persona) {
    const filings = persona.filings.map((filing): Filing => {
      const issuedOn = filing.statusHistory.find(({ status }) => status === "REFUND_ISSUED")?.occurredOn;
      const common = { ...filing, demand: demandListedFor(filing, persona) };
      if (!hasFile(filing)) {
        const refund = { claimed: null, issuedOn };
        return { ...common, ...nothingOfTheFile, timeliness: "UNKNOWN", refund, bankAccounts: [] };
      }
      // Its analysis tells no refund as one of nothing.
      const refund = { claimed: filing.refund?.claimed ?? zeroRupees, issuedOn };
      return { ...common, timeliness: timelinessInFile(filing), refund };
    });
    const taxCredits = persona.taxCredits.map(deductionsOf).filter(({ deductors }) => deductors.length > 0);
    return { filings, taxCredits, informationStatements: [], demands: persona.demands, profile: persona.profile };
  },
};

const nothingBesideTheFile = {
  acknowledgementNumber: undefined,
  filedOn: undefined,
  status: "UNKNOWN",
  statusHistory: [],
} as const;

/** Only the file tells these of a company's return. */
const nothingOfTheFile = { dueOn: undefined, verifiedOn: undefined, residentialStatus: undefined };

/** A flat summary knows the status and not how it came about, and one account: that for the refund. */
function summaryOf(filing: Filing, { fullBankAccounts }: Persona): Filing {
  const ifsc = fullBankAccounts.find(({ isForRefund }) => isForRefund)?.ifsc;
  const account = filing.bankAccounts.find((each) => each.ifsc === ifsc);
  const told = account && { accountNumber: account.accountNumber, bankName: account.bankName, ifsc };
  const bankAccounts: BankAccount[] = told ? [{ ...told, kind: "UNKNOWN" }] : [];
  return { ...filing, ...nothingOfTheFile, timeliness: "UNKNOWN", statusHistory: [], bankAccounts };
}

/** Its own words on an address are one line and a code; the file's are better. */
function profileBesideList(profile: Profile, inFile: Profile): Profile {
  const { name, dateOfBirth, email, mobile, gender, aadhaar } = profile;
  return { ...inFile, name, dateOfBirth, email, mobile, gender, aadhaar };
}

/** A demand is listed for a year, and is on the return it was raised on. Until a return is done with, none is no news. */
function demandListedFor({ status, incomeYear }: Filing, { demands }: Persona): Filing["demand"] {
  if (status === "DEMAND_RAISED") return demands.find((demand) => demand.incomeYear === incomeYear)?.amount ?? null;
  return status === "PROCESSED" || status === "REFUND_ISSUED" ? zeroRupees : null;
}

/** Who deducted how much: neither of what, nor when, nor whether it was deposited. What sellers collected is not listed. */
function deductionsOf({ incomeYear, deductors }: TaxCreditStatement): TaxCreditStatement {
  const unknown = { bookingStatus: "UNKNOWN", amountPaid: null, taxDeposited: null } as const;
  const deducting = deductors.map(({ name, tan, credits }) => ({
    name,
    tan,
    credits: credits
      .filter(({ kind }) => kind === "DEDUCTED")
      .map(({ kind, taxWithheld }) => ({ kind, taxWithheld, ...unknown })),
  }));
  return { incomeYear, deductors: deducting.filter(({ credits }) => credits.length > 0) };
}
