import { type CalendarDate, type StatusEvent, filingStatusFromLabel, type FilingStatus, daysAfter } from "../../domain";
import type { Story } from "./facts";

type Step = readonly [daysLater: number, status: FilingStatus, label: string];

const filed: Step = [0, "FILED", "ITR Filed"];
const pending: Step = [0, "VERIFICATION_PENDING", "Pending for e-verification"];
/** As if it had never been filed; the status follows from the words. */
const discardedLabel = "Return discarded by the taxpayer, invalid";
const discarded: Step = [5, filingStatusFromLabel(discardedLabel), discardedLabel];
const verified: Step = [2, "VERIFIED", "Successfully e-verified"];
const underProcess: Step = [8, "UNDER_PROCESSING", "Under processing"];
const defective: Step = [12, "DEFECTIVE", "Defective: notice under section 139(9) issued"];
const processed: Step = [24, "PROCESSED", "Processed with no demand no refund"];
const refundDue: Step = [24, "PROCESSED", "Processed with refund due"];
const refundPaid: Step = [31, "REFUND_ISSUED", "Refund paid"];
const demandDue: Step = [24, "DEMAND_RAISED", "Processed with demand due"];

/** What the portal's list of events says so far. */
export function statusHistory(
  story: Story,
  filedOn: CalendarDate,
  { hasRefund, today }: { hasRefund: boolean; today: CalendarDate },
): readonly StatusEvent[] {
  return stepsOf(story, hasRefund)
    .map(([days, status, label]) => ({ status, label, occurredOn: daysAfter(filedOn, days) }))
    .filter(({ occurredOn }) => occurredOn <= today);
}

function stepsOf(story: Story, hasRefund: boolean): readonly Step[] {
  const start = [filed, pending, verified];
  switch (story) {
    case "VERIFICATION_PENDING":
      return [filed, pending];
    case "UNDER_PROCESSING":
      return [...start, underProcess];
    case "DEFECTIVE":
      return [...start, underProcess, defective];
    case "DEMAND":
      return [...start, underProcess, demandDue];
    case "REFUND_PENDING":
      return [...start, underProcess, refundDue];
    case "SETTLED":
    case "BELATED":
    case "REVISED":
    case "UPDATED":
    case "UPDATED_FIRST":
      return [...start, underProcess, ...(hasRefund ? [refundDue, refundPaid] : [processed])];
    case "DISCARDED":
      return [filed, pending, discarded];
    case "NOT_FILED":
      return [];
  }
}
