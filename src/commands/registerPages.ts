import { linkStateDiagram } from "../links";
import { stateDiagram } from "../sessions";
import { faultCodes, faultRegister, limitNames, limitRegister } from "../kernel";

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

/** The register as a page for people. */
export function printLimitTable(): string {
  const rows = limitNames.map((name) => {
    const { setting, fallback, inSandbox, counts } = limitRegister[name];
    const usual = inSandbox === fallback ? fallback : `${fallback}, in the sandbox ${inSandbox}`;
    return `| \`${name}\` | \`${setting}\` | ${usual} | ${counts} |`;
  });
  return [
    "# Limits",
    "",
    "Printed from `src/kernel/limits.ts` by `npm run schema`. A request beyond one is refused with its name and number:",
    "`LIMIT_EXCEEDED`, or `RATE_LIMITED` with `retryAfterSeconds` where waiting helps. What is refused before it ran comes with",
    "HTTP 400, 413 (a body) or 429, over WebSocket as an error; a message that is too large ends the WebSocket with 1009.",
    "",
    "| limit | setting | default | at most so many |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    "Cost is reckoned from the document and its variables before anything runs: a field with fields of its own counts 1, a",
    "taxpayer's document 2 to 5, a login 200 (`src/graph/costs.ts`, published as `@cost` and `@listSize`); what is in a list counts as often as the list is long:",
    "the PANs asked for, `first`, or else 5. `{ rateLimit { cost } }` returns the cost of its own operation.",
    "",
    "Requests are shared out among processes by the twentieth part. While the database is down, each process counts alone.",
    "",
  ].join("\n");
}

/** The state machine of sessions as a page for people. */
export function printSessionStates(): string {
  return [
    "# States of a session",
    "",
    "Printed from `src/sessions/transition.ts` by `npm run schema`. Callers see the state; where a state has several phases,",
    "they stand in one box. The label of an arrow is the transition's name in the log (`session changed`).",
    "",
    "```mermaid",
    stateDiagram(),
    "```",
    "",
  ].join("\n");
}

/** The state machine of links as a page for people. */
export function printLinkStates(): string {
  return [
    "# States of a link",
    "",
    "Printed from `src/links/transition.ts` by `npm run schema`. The label of an arrow is the transition's name in the log",
    "(`link changed`).",
    "",
    "```mermaid",
    linkStateDiagram(),
    "```",
    "",
  ].join("\n");
}
