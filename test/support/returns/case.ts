import type { Filing } from "../../../src/domain/filing/filing";
import type { JsonObject } from "../../../src/kernel/json";

/** A return of an invented person in the real layout of its form and year, and what it says, reckoned by hand. */
export interface ReturnCase {
  readonly title: string;
  readonly file: JsonObject;
  readonly truth: Partial<Filing>;
}

interface Header {
  readonly form: "ITR1" | "ITR2" | "ITR3" | "ITR4" | "ITR5" | "ITR6";
  /** The year in which the assessment year starts. */
  readonly year: number;
  readonly filingStatus: JsonObject;
  readonly person?: JsonObject;
  readonly verifiedOn: string;
}

const invented = {
  AssesseeName: { FirstName: "ASHA", SurNameOrOrgName: "PATIL" },
  PAN: "ZZZPA1234C",
  DOB: "1988-05-14",
  Status: "I",
};

/** The parts that every return has: who filed which form, and on which day it was declared to be true. */
export function returnFile(header: Header, parts: JsonObject): JsonObject {
  const { form, year, filingStatus, person = {}, verifiedOn } = header;
  const isSimple = form === "ITR1" || form === "ITR4";
  const isOfEntity = form === "ITR5" || form === "ITR6";
  const info = { ...invented, ...person };
  const particulars = {
    FilingStatus: isOfEntity
      ? { ...filingStatus, ReturnFileSec: { IncomeTaxSec: filingStatus.ReturnFileSec } }
      : filingStatus,
    ...(isOfEntity ? { OrgFirmInfo: info } : { PersonalInfo: info }),
  };
  const declaration = { AssesseeVerName: "ASHA PATIL", FatherName: "VIJAY PATIL", AssesseeVerPAN: "ZZZPA1234C" };
  const body = {
    CreationInfo: { SWVersionNo: "1.0", SWCreatedBy: "SW00000001", JSONCreationDate: verifiedOn, Digest: "-" },
    [`Form_${form}`]: { FormName: form.replace("ITR", "ITR-"), AssessmentYear: String(year), SchemaVer: "Ver1.0" },
    ...(isSimple ? particulars : { PartA_GEN1: particulars }),
    ...parts,
    Verification: isOfEntity
      ? { Declaration: { ...declaration, Capacity: "S", Place: "PUNE", Date: verifiedOn } }
      : { Declaration: declaration, Capacity: "S", Place: "PUNE", Date: verifiedOn },
  };
  return { ITR: { [form]: body } };
}

export function employerRow(tan: string, name: string, income: number, deducted: number): JsonObject {
  return {
    EmployerOrDeductorOrCollectDetl: { TAN: tan, EmployerOrDeductorOrCollecterName: name },
    IncChrgSal: income,
    TotalTDSSal: deducted,
  };
}
