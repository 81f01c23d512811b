import { filingStatusFromLabel, type StatusEvent } from "../../../domain";
import { asList, asObject, textOf } from "../../replies";
import { dateOf } from "./values";

/** The vendor prints the newest first; its dates, where they tell, have the last word. */
export function toStatusHistory(told: unknown): readonly StatusEvent[] {
  const events = asList(told)
    .map((step) => toEvent(asObject(step)?.status, asObject(step)?.date))
    .filter((event) => event !== undefined);
  const [first, last] = [events[0]?.occurredOn, events.at(-1)?.occurredOn];
  const isOldestFirst = first !== undefined && last !== undefined && first < last;
  return isOldestFirst ? events : events.toReversed();
}

function toEvent(status: unknown, date: unknown): StatusEvent | undefined {
  const label = textOf(status);
  return label === undefined ? undefined : { label, status: filingStatusFromLabel(label), occurredOn: dateOf(date) };
}
