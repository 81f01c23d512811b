import type { Secret } from "../../kernel/secret";
import type { PanClient, ProviderTools, UpstreamRequest } from "../provider";
import { readCompliance } from "./contract";
import { accessKeyName, developerKeyName, initiatorIdName, secretKey, userCodeName } from "./credentials";
import { toComplianceAnswer } from "./mapper";

export const compliancePath = "/tools/kyc/touras/itr-compliance";

export function connectEko(tools: ProviderTools): PanClient {
  const { clock, transport } = tools;
  const credential = (name: string): Secret | undefined => tools.credentials.read(name);
  const checkCompliance = tools.operation("itr-compliance", { repeat: "SAFE" });

  function complianceRequest(pan: string): UpstreamRequest {
    const timestamp = String(clock.now());
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

  return {
    needs: "PAN",
    ask(_compliance, pan, signal) {
      return checkCompliance(signal, async (operationSignal) => {
        const reply = await transport.send(complianceRequest(pan), operationSignal);
        return toComplianceAnswer(readCompliance(reply), pan, clock.now());
      });
    },
  };
}
