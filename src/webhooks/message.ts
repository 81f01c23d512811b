import { Webhook } from "standardwebhooks";
import { instantAt } from "../domain";
import { namedBy } from "./eventRegister";
import type { Attempt, DocumentAnswer, StoredEvent } from "./ports";

/** What is sent: the body, and the headers of Standard Webhooks, signed by each secret in force. */
export function messageOf({ event, secrets }: Attempt, answer: DocumentAnswer, sentAt: Date) {
  const { data, errors } = answer;
  const body = JSON.stringify({ type: event.kind, timestamp: instantAt(event.atMs), data, ...(errors && { errors }) });
  const signatures = secrets.map((secret) => new Webhook(secret.reveal()).sign(event.id, sentAt, body));
  const headers = {
    "content-type": "application/json",
    "user-agent": "AayGraph",
    "webhook-id": event.id,
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
    "webhook-signature": signatures.join(" "),
  };
  return { headers, body };
}

/** The answer where an endpoint has no document: the ids of what the event is about. */
export function idsOf(event: StoredEvent): DocumentAnswer {
  const { id, kind, sequence } = event;
  return { data: { id, kind, sequence, ...namedBy(event) } };
}
