import { type Filing, type ReturnForm } from "../../domain";
import { type JsonObject } from "../../kernel";
import {
  writeAccounts,
  writeFilingStatus,
  writeOrgInfo,
  writePersonalInfo,
  writeUpdate,
  writeVerification,
} from "./writeParticulars";
import { writeFullFigures, type TaxLayout } from "./writeFullReturn";
import { writeSimpleFigures } from "./writeSimpleReturn";
import type { Person } from "../person";

const descriptions: Partial<Record<ReturnForm, string>> = {
  ITR_1: "For individuals having income from salaries, house property and other sources",
  ITR_2: "For individuals and HUFs not having income from profits and gains of business or profession",
  ITR_3: "For individuals and HUFs having income from profits and gains of business or profession",
  ITR_4: "For presumptive income from business or profession",
  ITR_5: "For persons other than individuals, HUFs, companies and those who file ITR-7",
  ITR_6: "For companies other than those claiming exemption under section 11",
};

/** Writes a filing as the uploaded file, in the layout of its form and year. An unknown figure is left out. */
export function writeItrJson(
  filing: Filing,
  person: Person,
  { taxLayout = filing.form === "ITR_2" ? "BESIDE" : "WITHIN" }: { taxLayout?: TaxLayout } = {},
): JsonObject {
  const key = filing.form.replace("_", "");
  const header = {
    CreationInfo: {
      SWVersionNo: "1.0",
      SWCreatedBy: "SW00000001",
      JSONCreatedBy: "SW00000001",
      JSONCreationDate: filing.filedOn,
      IntermediaryCity: person.profile.address?.city,
      Digest: "-",
    },
    [`Form_${key}`]: {
      FormName: filing.form.replace("_", "-"),
      Description: descriptions[filing.form],
      AssessmentYear: String(filing.incomeYear + 1),
      SchemaVer: "Ver1.0",
      FormVer: "Ver1.0",
    },
  };
  const body = { ...header, ...writeBody(filing, person, taxLayout), Verification: writeVerification(filing, person) };
  return { ITR: { [key]: body } };
}

function writeBody(filing: Filing, person: Person, taxLayout: TaxLayout): JsonObject {
  const { form } = filing;
  const accounts = writeAccounts(person);
  const status = writeFilingStatus(filing, person);
  if (form === "ITR_1" || form === "ITR_4") {
    return {
      PersonalInfo: writePersonalInfo(form, person),
      FilingStatus: status,
      ...writeUpdate(filing),
      ...writeSimpleFigures(filing, accounts),
    };
  }
  const isOfEntity = form === "ITR_5" || form === "ITR_6";
  const particulars = isOfEntity
    ? { OrgFirmInfo: writeOrgInfo(person), FilingStatus: status }
    : { PersonalInfo: writePersonalInfo(form, person), FilingStatus: status };
  return { PartA_GEN1: particulars, ...writeUpdate(filing), ...writeFullFigures(filing, accounts, taxLayout) };
}
