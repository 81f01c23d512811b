import { textOf, type JsonObject } from "../../replies";

/**
 * `itr_data` may be a flat summary. Its members are undocumented, so these are the usual names in such summaries, compared
 * without case, spaces and underscores.
 */
const spellings = {
  pan: ["pan", "panno", "pannumber"],
  name: ["name", "fullname", "assesseename", "taxpayername"],
  dateOfBirth: ["dob", "dateofbirth"],
  email: ["email", "emailid", "emailaddress"],
  mobile: ["mobile", "mobileno", "mobilenumber"],
  aadhaar: ["aadhaar", "aadhar", "aadhaarno", "aadharno", "aadhaarnumber", "aadharnumber"],
  assessmentYear: ["assessmentyear", "ay"],
  financialYear: ["financialyear", "fy"],
  form: ["itrtype", "itrform", "form", "formname", "formtype"],
  acknowledgementNumber: [
    "acknowledgementnumber",
    "acknowledgementno",
    "acknowledgmentnumber",
    "acknowledgmentno",
    "ackno",
  ],
  kind: ["filingtype", "returntype"],
  section: ["filingsection", "section"],
  filedOn: ["filingdate", "dateoffiling", "fileddate", "filedon"],
  status: ["status", "filingstatus", "itrstatus"],
  regime: ["taxregime", "regime"],
  salary: ["salary", "salaryincome", "incomefromsalary"],
  houseProperty: ["houseproperty", "housepropertyincome", "incomefromhouseproperty"],
  businessOrProfession: [
    "businessincome",
    "incomefrombusiness",
    "businessorprofession",
    "incomefrombusinessorprofession",
  ],
  capitalGains: ["capitalgain", "capitalgains", "incomefromcapitalgains"],
  otherSources: ["othersources", "othersourcesincome", "incomefromothersources"],
  grossTotalIncome: ["grosstotalincome", "gti"],
  deductions: ["deductions", "totaldeductions", "chapterviadeductions"],
  totalIncome: ["totalincome", "taxableincome", "totaltaxableincome"],
  netTaxLiability: ["nettaxliability", "taxliability"],
  taxDeducted: ["tds", "taxdeducted"],
  taxCollected: ["tcs", "taxcollected"],
  advanceTax: ["advancetax"],
  selfAssessmentTax: ["selfassessmenttax"],
  taxesPaid: ["totaltaxespaid", "totaltaxpaid", "taxespaid", "taxpaid"],
  refund: ["refund", "refunddue", "refundamount"],
  demand: ["demand", "demandamount"],
  accountNumber: ["bankaccountnumber", "bankaccountno", "accountnumber", "accountno"],
  bankName: ["bankname"],
  ifsc: ["ifsc", "ifsccode"],
} as const satisfies Record<string, readonly string[]>;

export type SummaryName = keyof typeof spellings;
export type Summary = Readonly<Partial<Record<SummaryName, string>>>;

const names = Object.keys(spellings) as SummaryName[];
const nameBySpelling: ReadonlyMap<string, SummaryName> = new Map(
  names.flatMap((name) => spellings[name].map((spelling) => [spelling, name] as const)),
);

/** The known members as text. Of two spellings of one name, the first with a value counts. */
export function readSummary(itrData: JsonObject): { summary: Summary; unknown: number } {
  const summary: Partial<Record<SummaryName, string>> = {};
  let unknown = 0;
  for (const [key, value] of Object.entries(itrData)) {
    const name = nameBySpelling.get(key.toLowerCase().replace(/[^a-z0-9]/g, ""));
    const text = textOf(value);
    if (name === undefined) unknown += 1;
    else if (text !== undefined) summary[name] ??= text;
  }
  return { summary, unknown };
}
