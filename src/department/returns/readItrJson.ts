import {
  type Word,
  type Filing,
  type FilingKind,
  type ReturnForm,
  filingSectionOf,
  incomeYearFromAssessmentYear,
  incomeYearFromAssessmentYearStart,
  type IncomeYear,
  type Profile,
} from "../../domain";
import { asObject, textOf, type JsonObject } from "../../kernel";
import { figuresOfFiling } from "./filingFigures";
import { readAccounts, readProfile } from "./itrProfile";
import { readParticulars } from "./itrParticulars";
import { placesByForm, type ReturnPlaces } from "./itrPlaces";
import { regimeOf } from "./itrRegime";
import { lossOnSales } from "./readGains";
import { dueOnOf, readReturnDetails } from "./readReturnDetails";
import { readFigures } from "./returnFigures";
import { inOneLayout, valueAt } from "./returnLayout";

interface ReadReturn {
  readonly filing: Filing;
  readonly profile: Profile;
}

/** The form of trusts is recognised, but its figures are not read. */
const noPlaces: ReturnPlaces = { particulars: "", personalInfo: "", accounts: "", figures: {} };

/**
 * Reads the file of a return. The file does not hold the return's own acknowledgement number, filing date and status:
 * the caller knows them from the provider. A cell that holds no amount throws UnreadableAmount.
 */
export function readItrJson(
  json: unknown,
  fallback: { incomeYear?: IncomeYear | undefined } = {},
): ReadReturn | undefined {
  const found = findReturn(json);
  if (found === undefined) return undefined;
  const body = inOneLayout(found.body);
  const incomeYear = readIncomeYear(body[`Form_${found.key}`]) ?? fallback.incomeYear;
  if (incomeYear === undefined) return undefined;

  const { form } = found;
  const places = placesOf(form);
  const filingStatus = asObject(valueAt(body, `${places.particulars}FilingStatus`)) ?? {};
  // Firms and companies have the section one level deeper.
  const section = textOf(asObject(filingStatus.ReturnFileSec)?.IncomeTaxSec) ?? textOf(filingStatus.ReturnFileSec);
  const personalInfo = asObject(valueAt(body, places.personalInfo)) ?? {};
  const filedUnder = section === undefined ? undefined : filingSectionOf(section);
  const kind = filedUnder?.kind ?? "OTHER";
  const figures = readFigures(body, places.figures, incomeYear);
  const told = { form, body, isWhole: (figures.grossTotalIncome ?? figures.grossWithoutGains) !== null };
  const head = { incomeYear, filingStatus };
  const details = readReturnDetails(told, head);
  const beside = { lossOnSales: lossOnSales(body), update: details.update };
  return {
    filing: {
      incomeYear,
      form,
      kind,
      section: filedUnder?.label,
      dueOn: dueOnOf(told, head),
      timeliness: timelinessOfKind(kind),
      status: "UNKNOWN",
      statusHistory: [],
      regime: regimeOf({ form, incomeYear, filingStatus, figures, isFirm: isFirm(form, personalInfo) }),
      ...figuresOfFiling(figures, beside),
      particulars: readParticulars(body, isFirm(form, personalInfo)),
      demand: null,
      bankAccounts: readAccounts(valueAt(body, places.accounts)),
      ...details,
    },
    profile: readProfile(personalInfo),
  };
}

/** Firms and companies pay flat rates. Associations of persons, who also file ITR-5, do not. */
function isFirm(form: ReturnForm, personalInfo: JsonObject): boolean {
  if (form === "ITR_5") return textOf(personalInfo.StatusOrCompanyType) === "1";
  return form === "ITR_6" || textOf(personalInfo.Status) === "F";
}

interface FoundReturn {
  readonly form: ReturnForm;
  readonly key: string;
  readonly body: JsonObject;
}

function findReturn(json: unknown): FoundReturn | undefined {
  for (const [key, value] of Object.entries(asObject(asObject(json)?.ITR) ?? {})) {
    const number = /^ITR([1-7])$/.exec(key)?.[1];
    const body = asObject(value);
    if (number !== undefined && body !== undefined) return { form: `ITR_${number}` as ReturnForm, key, body };
  }
  return undefined;
}

function readIncomeYear(formBlock: unknown): IncomeYear | undefined {
  const assessmentYear = textOf(asObject(formBlock)?.AssessmentYear);
  if (assessmentYear === undefined) return undefined;
  return incomeYearFromAssessmentYearStart(assessmentYear) ?? incomeYearFromAssessmentYear(assessmentYear);
}

function placesOf(form: ReturnForm): ReturnPlaces {
  const placesByAnyForm: Partial<Record<ReturnForm, ReturnPlaces>> = placesByForm;
  return placesByAnyForm[form] ?? noPlaces;
}

/** Section 139(1) is for returns in time, 139(4) for later ones. The other sections do not decide it. */
function timelinessOfKind(kind: FilingKind): Word<"Timeliness"> {
  return kind === "ORIGINAL" ? "ON_TIME" : kind === "BELATED" ? "LATE" : "UNKNOWN";
}
