// Starts the loans subgraph beside a running AayGraph, and three gateways before both.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openApolloGateway } from "./apolloGateway.mjs";
import { ask } from "./ask.mjs";
import { composeSupergraph } from "./composeSupergraph.mjs";
import { openHiveGateway } from "./hiveGateway.mjs";
import { openLoans } from "./loans.mjs";

const { TOKEN, AAYGRAPH_URL = "http://127.0.0.1:4000/graphql", FIRST_PORT = "4001", COMPOSER } = process.env;
const [bookFile = join(import.meta.dirname, "loanBook.json")] = process.argv.slice(2);
const authorization = `Bearer ${TOKEN}`;

/** From the first port on; port 0 leaves the choice to the system. */
function port(offset) {
  return FIRST_PORT === "0" ? 0 : Number(FIRST_PORT) + offset;
}

/** A lender asks for the id once, when a loan is applied for, and keeps it in place of the PAN. */
async function withApplicantIds(book) {
  const { taxpayers } = await ask(AAYGRAPH_URL, "query ($pans: [Pan!]!) { taxpayers(pans: $pans) { id } }", {
    variables: { pans: book.map(({ pan }) => pan) },
    authorization,
  });
  return book.map(({ id, amount, evidence }, at) => {
    const applicantId = taxpayers[at].id;
    return { id, amount, applicantId, evidence: evidence ?? [{ __typename: "Taxpayer", id: applicantId }] };
  });
}

const loansUrl = await openLoans(await withApplicantIds(JSON.parse(readFileSync(bookFile, "utf8"))), port(0));
const subgraphs = [
  { name: "aaygraph", url: AAYGRAPH_URL },
  { name: "loans", url: loansUrl },
];
const supergraph = await composeSupergraph(subgraphs, { authorization, composer: COMPOSER });
console.log(`Loans            ${loansUrl}`);
console.log(`@apollo/gateway  ${await openApolloGateway(supergraph, port(1))}`);
console.log(`Hive Gateway     ${await openHiveGateway(supergraph, port(2))}`);
console.log(`Hive, in Rust    ${await openHiveGateway(supergraph, port(3), { plannedInRust: true })}`);
