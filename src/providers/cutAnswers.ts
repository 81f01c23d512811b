import { found, type Answer, isEmailAddress, withoutPersonalData, type AadhaarLink } from "../domain";
import type { Reading, Stage, Provider, ProviderClient, PairClient } from "./provider";

/** Where such a number belongs: it is masked on the way out, or leads to a file and is never shown. */
const meantForIt: ReadonlySet<string> = new Set(["acknowledgementNumber", "location", "mobile"]);

/**
 * The same provider, whose answers hold personal data only where it belongs. Vendors' words for a status, a section or a
 * name come through as they are, and nobody knows what stands in them.
 */
export function withCutAnswers(provider: Provider): Provider {
  return { ...provider, connect: (tools) => cutting(provider.connect(tools)) };
}

function cutting(client: ProviderClient): ProviderClient {
  const checkAadhaarLink = client.checkAadhaarLink?.bind(client);
  const pairs: PairClient = {
    ...(checkAadhaarLink && {
      async checkAadhaarLink(...asked) {
        const { value, provenance } = await checkAadhaarLink(...asked);
        return found(cut(value) as AadhaarLink, provenance);
      },
    }),
  };
  return { ...cutKnown(client), ...pairs };
}

function cutKnown(client: ProviderClient): ProviderClient {
  if (client.needs === "PAN") return { ...client, ask: async (...asked) => cutAnswer(await client.ask(...asked)) };
  const submitOtp = client.submitOtp?.bind(client);
  const poll = client.poll?.bind(client);
  return {
    ...client,
    open: staged(client.open.bind(client)),
    ...(submitOtp && { submitOtp: staged(submitOtp) }),
    ...(poll && { poll: staged(poll) }),
    async read(of, wanted, signal, onReadings) {
      const { ticket, readings } = await client.read(of, wanted, signal, (come) => onReadings?.(come.map(cutReading)));
      return { ticket, readings: readings.map(cutReading) };
    },
  };
}

function staged<Asked extends unknown[]>(step: (...asked: Asked) => Promise<Stage>) {
  return async (...asked: Asked): Promise<Stage> => cutStage(await step(...asked));
}

function cutStage(stage: Stage): Stage {
  return stage.awaits === "NOTHING" ? { ...stage, readings: stage.readings.map(cutReading) } : stage;
}

function cutReading(reading: Reading): Reading {
  return { ...reading, answer: cutAnswer<unknown>(reading.answer) } as Reading;
}

function cutAnswer<Body>(answer: Answer<Body>): Answer<Body> {
  return answer.outcome === "FOUND" ? found(cut(answer.value) as Body, answer.provenance) : answer;
}

/** Domain objects are plain and of a fixed depth. */
function cut(value: unknown): unknown {
  if (typeof value === "string") return withoutPersonalData(value);
  if (Array.isArray(value)) return value.map((member: unknown) => cut(member));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value as Record<string, unknown>).map(([name, member]) => [
    name,
    belongs(name, member) ? member : cut(member),
  ]);
  return Object.fromEntries(members) as unknown;
}

function belongs(name: string, member: unknown): boolean {
  if (typeof member !== "string") return false;
  return name === "email" ? isEmailAddress(member) : meantForIt.has(name);
}
