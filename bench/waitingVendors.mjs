// Two vendors that let everybody wait: KwikID for a one-time password, and Finpass for a job that never ends.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

const replies = {
  "/verification/v2/itr/get_otp": () => ({
    otp_status: "OTP_SENT",
    access_token: randomBytes(24).toString("base64url"),
  }),
  "/verification/v2/itr/logout": () => ({ status: { logged_out: true } }),
  "/api/v1/itr-analyzer/analyze": () => job(`itr_job_${randomBytes(6).toString("hex")}`, "initiated"),
  "/api/v1/itr-analyzer/status": (url) => job(url.searchParams.get("job_id"), "processing"),
};

function job(id, status) {
  const message = "Job status fetched successfully";
  return { success: true, message, data: { job_id: id, status, created_at: new Date().toISOString() } };
}

/** The settings of a service that goes to them, and how often it has called. */
export async function openWaitingVendors() {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    const url = new URL(request.url, "http://vendor");
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(replies[url.pathname](url)));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  return {
    env: {
      KWIKID_BASE_URL: address,
      KWIKID_TOKEN: "bench-token",
      FINPASS_BASE_URL: address,
      FINPASS_API_KEY: "bench-key",
      FINPASS_API_SECRET: "bench-secret",
    },
    calls: () => calls,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
