import { vocabulary, type Word } from "../domain";
import { eventRegister } from "./eventRegister";

const prefixes = { taxpayer: "tp_", session: "ss_", link: "lk_", consent: "cn_", run: "rn_" } as const;

/** The AsyncAPI description of the webhooks, as JSON. */
export function printAsyncApi(): string {
  const messages = Object.fromEntries(vocabulary.EventKind.map((kind) => [kind, messageOf(kind)]));
  const description = {
    asyncapi: "3.0.0",
    info: {
      title: "AayGraph events",
      version: "1",
      description:
        "Deliveries to webhook endpoints, signed as Standard Webhooks has it. Printed from src/webhooks/eventRegister.ts by npm run schema. An endpoint with a document gets that document's answer as `data` instead of the ids.",
    },
    defaultContentType: "application/json",
    channels: {
      endpoint: {
        address: null,
        description: "The address that createWebhookEndpoint was given. POST; any 2xx within 10 seconds is a success.",
        messages: Object.fromEntries(vocabulary.EventKind.map((kind) => [kind, ref(`components/messages/${kind}`)])),
      },
    },
    operations: {
      deliver: { action: "send", channel: ref("channels/endpoint") },
    },
    components: { messages, schemas: { headers, errors } },
  };
  return `${JSON.stringify(description, undefined, 2)}\n`;
}

function messageOf(kind: Word<"EventKind">) {
  const { summary, names, mayName = [] } = eventRegister[kind];
  // An erased taxpayer is not named, so the name may be missing from every event but the erasure.
  const required = names.filter((name) => name !== "taxpayer" || kind === "TAXPAYER_ERASED");
  const ids = [...names, ...mayName].map((name) => [name, text(`^${prefixes[name]}`)] as const);
  return {
    name: kind,
    summary,
    headers: ref("components/schemas/headers"),
    payload: {
      type: "object",
      required: ["type", "timestamp", "data"],
      properties: {
        type: { const: kind },
        timestamp: { type: "string", format: "date-time", description: "When it happened." },
        data: {
          type: "object",
          required: ["id", "kind", "sequence", ...required],
          properties: {
            id: text("^ev_"),
            kind: { const: kind },
            sequence: { type: "integer", minimum: 1 },
            ...Object.fromEntries(ids),
          },
        },
        errors: ref("components/schemas/errors"),
      },
    },
  };
}

const headers = {
  type: "object",
  required: ["webhook-id", "webhook-timestamp", "webhook-signature"],
  properties: {
    "webhook-id": { ...text("^ev_"), description: "The event's id: the same on each attempt." },
    "webhook-timestamp": { ...text("^[0-9]+$"), description: "When the attempt was made, in seconds since 1970." },
    "webhook-signature": {
      ...text("^v1,"),
      description: "One signature for each secret in force, with spaces between.",
    },
  },
};

const errors = {
  type: "array",
  description: "Errors of the endpoint's document, as GraphQL has them: CONSENT_REVOKED in place of the data.",
  items: { type: "object" },
};

function text(pattern: string) {
  return { type: "string", pattern };
}

function ref(place: string) {
  return { $ref: `#/${place}` };
}
