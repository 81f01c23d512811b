import type { Secret } from "../../kernel";
import type { PanClient, ProviderTools, UpstreamReply, UpstreamRequest } from "../provider";
import { readCompliance } from "./contract";
import { accessKeyName, developerKeyName, initiatorIdName, secretKey, userCodeName } from "./credentials";
import { toComplianceAnswer } from "./mapper";

export const compliancePath = "/tools/kyc/touras/itr-compliance";

const noticedShiftMs = 10_000;

export function connectEko(tools: ProviderTools): PanClient {
  const { clock, transport } = tools;
  const credential = (name: string): Secret | undefined => tools.credentials.read(name);
  const checkCompliance = tools.operation("itr-compliance", { repeat: "SAFE" });
  /** How far Eko's clock runs ahead of ours, as its last refusal told. */
  let aheadMs = 0;

  function complianceRequest(pan: string): UpstreamRequest {
    const timestamp = String(clock.now() + aheadMs);
    const userCode = credential(userCodeName)?.reveal();
    return {
      method: "POST",
      path: compliancePath,
      headers: {
        "content-type": "application/json",
        developer_key: credential(developerKeyName)?.reveal() ?? "",
        "secret-key": secretKey(credential(accessKeyName)?.reveal() ?? "", timestamp),
        "secret-key-timestamp": timestamp,
      },
      body: JSON.stringify({
        initiator_id: credential(initiatorIdName)?.reveal(),
        ...(userCode === undefined ? {} : { user_code: userCode }),
        pan_number: pan,
      }),
    };
  }

  /** A refusal may be about the time in the signature: then the right time comes with it, and is worth one more try. */
  async function send(pan: string, signal: AbortSignal): Promise<UpstreamReply> {
    const reply = await transport.send(complianceRequest(pan), signal);
    const isWorthAnother = reply.status === 403 && setClockBy(reply);
    return isWorthAnother ? transport.send(complianceRequest(pan), signal) : reply;
  }

  function setClockBy({ headers }: UpstreamReply): boolean {
    const shiftMs = Date.parse(String(headers.date)) - clock.now();
    // Nearer than that, it was not the time that was refused.
    const isOff = Math.abs(shiftMs - aheadMs) > noticedShiftMs;
    if (isOff) aheadMs = shiftMs;
    return isOff;
  }

  return {
    needs: "PAN",
    ask(_compliance, pan, signal) {
      return checkCompliance(signal, async (operationSignal) => {
        const reply = await send(pan, operationSignal);
        const verdict = readCompliance(reply, (count) => {
          tools.countUnknownFields(count);
        });
        return toComplianceAnswer(verdict, pan, clock.now());
      });
    },
  };
}
