// The same JSON and the same duties by hand: no GraphQL, one handler for one page of one frontend.
import { createServer } from "node:http";
import { beginOperation, boughtComplianceOf, endOperation, filingsOf, heldComplianceOf, signToken } from "./duties.mjs";
import { big, small } from "./handWrittenAnswers.mjs";

const isHeld = process.env.VENDOR_URL === undefined;

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const operation = await beginOperation(request.headers);
  const { variables } = JSON.parse(Buffer.concat(chunks).toString());
  const pans = variables.pans ?? [variables.pan];
  const [told, filings] = await Promise.all([
    isHeld ? heldComplianceOf(operation, pans) : boughtComplianceOf(operation, pans),
    isHeld && variables.pans ? filingsOf(operation, pans) : undefined,
  ]);
  const data = variables.pans ? big(pans, told, filings) : small(pans[0], told[0]);
  await endOperation(operation, variables.pans ? "Big" : "Small");
  const text = JSON.stringify({ data });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
});
const token = await signToken();
server.listen(0, "127.0.0.1", () =>
  console.log(`listening http://127.0.0.1:${server.address().port}/graphql ${token}`),
);
