import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vocabulary } from "../../src/domain/vocabulary";
import { printAsyncApi } from "../../src/webhooks/asyncApi";
import { idsOf } from "../../src/webhooks/message";
import type { StoredEvent } from "../../src/webhooks/ports";

const printed = readFileSync(join(__dirname, "../../schema/asyncapi.json"), "utf8");

interface Described {
  readonly components: {
    readonly messages: Record<
      string,
      {
        readonly payload: {
          readonly properties: {
            readonly data: { readonly required: string[]; readonly properties: Record<string, object> };
          };
        };
      }
    >;
  };
}

describe("the AsyncAPI description", () => {
  it("is printed from the register of events: `npm run schema` prints it anew", () => {
    expect(printed).toBe(printAsyncApi());
  });

  const event: StoredEvent = {
    ...{ id: "ev_1", sequence: 1, kind: "RUN_FINISHED", atMs: 0, isOfErased: false },
    ...{ taxpayerId: "tp_1", sessionId: "ss_1", linkId: "lk_1", consentId: "cn_1", runId: "rn_1" },
  };

  it.each(vocabulary.EventKind)("has the very ids that a %s names", (kind) => {
    const { data } = (JSON.parse(printed) as Described).components.messages[kind]!.payload.properties;
    const body = idsOf({ ...event, kind }).data as object;
    expect(Object.keys(body).sort()).toEqual(Object.keys(data.properties).sort());
  });

  it.each(vocabulary.EventKind)("asks for no id that a %s of an erased taxpayer leaves out", (kind) => {
    const { data } = (JSON.parse(printed) as Described).components.messages[kind]!.payload.properties;
    const body = idsOf({ ...event, kind, isOfErased: true }).data as object;
    expect(Object.keys(body)).toEqual(expect.arrayContaining(data.required));
  });
});
