/** What a field costs by itself. A field with fields of its own costs 1, a plain one nothing; these cost more. */
export const weightByField: Readonly<Record<string, number>> = {
  "Mutation.openSession": 200,
  "Mutation.submitOtp": 50,
  "Mutation.resendOtp": 50,
  "Mutation.eraseTaxpayer": 50,
  "Taxpayer.compliance": 5,
  "Taxpayer.profile": 2,
  "Taxpayer.filings": 5,
  "Taxpayer.filing": 5,
  "Taxpayer.taxCredits": 5,
  "Taxpayer.informationStatement": 5,
  "Taxpayer.demands": 2,
  "Query.plan": 5,
};

/** The argument that says how long a list will be: by its own length, or as a number. */
export const sizeArgumentByField: Readonly<Record<string, string>> = {
  "Query.taxpayers": "pans",
  "Query._entities": "representations",
  "Query.sessions": "first",
  "Query.consentRecords": "first",
  "Query.auditRecords": "first",
  "Taxpayer.filings": "first",
  "Taxpayer.accessEvents": "first",
};

/** The lists of a page: as long as the page that they are in was asked to be. */
export const listsOfPage: ReadonlySet<string> = new Set(["edges", "nodes"]);

/** For all other lists. They are short in most answers, and nobody can say beforehand. */
export const assumedSize = 5;
