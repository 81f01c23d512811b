import type { Secret } from "../../kernel";
import type { PanClient, ProviderTools, UpstreamReply, UpstreamRequest } from "../provider";
import { compliancePath, readCompliance } from "./contract";
import { secretKey, settingNames } from "./credentials";
import { toComplianceAnswer } from "./mapper";

const noticedShiftMs = 10_000;

export function connectEko(tools: ProviderTools): PanClient {
  const { clock, transport } = tools;
  const credential = (name: string): Secret | undefined => tools.credentials.read(name);
  const checkCompliance = tools.operation("itr-compliance", { repeat: "SAFE" });
  /** How far Eko's clock runs ahead of ours, by the date of its last refusal. */
  let aheadMs = 0;
  let signed = { timestamp: "", secretKey: "" };

  /** The signature covers the millisecond alone, so that all calls of one share it. */
  function signatureOf(timestamp: string): string {
    if (signed.timestamp !== timestamp) {
      signed = { timestamp, secretKey: secretKey(credential(settingNames.accessKey)?.reveal() ?? "", timestamp) };
    }
    return signed.secretKey;
  }

  function complianceRequest(pan: string): UpstreamRequest {
    const timestamp = String(clock.now() + aheadMs);
    const userCode = credential(settingNames.userCode)?.reveal();
    return {
      method: "POST",
      path: compliancePath,
      headers: {
        "content-type": "application/json",
        developer_key: credential(settingNames.developerKey)?.reveal() ?? "",
        "secret-key": signatureOf(timestamp),
        "secret-key-timestamp": timestamp,
      },
      body: JSON.stringify({
        initiator_id: credential(settingNames.initiatorId)?.reveal(),
        ...(userCode === undefined ? {} : { user_code: userCode }),
        pan_number: pan,
      }),
    };
  }

  /** A refusal may be about the time in the signature. Its date header has the right time for one more attempt. */
  async function send(pan: string, signal: AbortSignal): Promise<UpstreamReply> {
    const reply = await transport.send(complianceRequest(pan), signal);
    const isClockOff = reply.status === 403 && adjustClock(reply);
    return isClockOff ? transport.send(complianceRequest(pan), signal) : reply;
  }

  function adjustClock({ headers }: UpstreamReply): boolean {
    const shiftMs = Date.parse(String(headers.date)) - clock.now();
    // A smaller shift is not the reason of the refusal.
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
