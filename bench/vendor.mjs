// A vendor that knows everybody and answers at once, or after a while; in plain sockets, so that it is never the limit.
import { createServer } from "node:net";
import { complianceOf, pans } from "./world.mjs";

const delayMs = Number(process.env.DELAY_MS);
const replyByPan = new Map(pans.map((pan) => [pan, replyAbout(pan)]));

const server = createServer((socket) => {
  let text = "";
  socket.setNoDelay(true).on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    text += chunk.latin1Slice();
    for (;;) {
      const head = text.indexOf("\r\n\r\n");
      if (head === -1) return;
      const end = head + 4 + Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end) return;
      const reply = replyByPan.get(/"pan_number":"([A-Z0-9]+)"/.exec(text)?.[1]);
      text = text.slice(end);
      if (delayMs === 0) socket.write(reply);
      else setTimeout(() => socket.write(reply), delayMs);
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${server.address().port}`));

function replyAbout(pan) {
  const { standingLabel, filingStatusLabel, filedOn, acknowledgementNumber } = complianceOf(pan);
  const body = JSON.stringify({
    status: 0,
    response_status_id: 0,
    message: "ITR compliance check successful",
    response_type_id: 1388,
    data: {
      pan_number: pan,
      itr_filed: true,
      assessment_year: "2025-26",
      compliance_status: standingLabel,
      filing_status: filingStatusLabel,
      filing_date: filedOn,
      acknowledgement_number: acknowledgementNumber,
    },
  });
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
