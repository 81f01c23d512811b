import { faultCodes, faultRegister } from "./fault";

/** The register as a page for people. */
export function printFaultTable(): string {
  const rows = faultCodes.map((code) => {
    const { message, blame, retryable, httpStatus } = faultRegister[code];
    return `| \`${code}\` | ${message} | ${blame} | ${retryable ? "yes" : "no"} | ${httpStatus} |`;
  });
  return [
    "# Problems",
    "",
    "Printed from `src/kernel/fault.ts` by `npm run schema`. In GraphQL a problem comes with HTTP 200, as `extensions` of an",
    "error or as a `Problem`; the HTTP status is for requests that never became an operation.",
    "",
    "| code | in plain words | blame | try again | HTTP |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
