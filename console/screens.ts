import { useSyncExternalStore, type ComponentType } from "react";
import { AuditScreen } from "./audit/audit";
import { ConsentsScreen } from "./consents/consents";
import { RunsScreen } from "./runs/runs";
import { SessionsScreen } from "./sessions/sessions";
import { TaxpayerScreen } from "./taxpayer/taxpayer";
import { VendorsScreen } from "./vendors/vendors";

interface ScreenParts {
  /** A screen in the background asks for nothing. */
  readonly isShown: boolean;
}

export type ScreenName = "taxpayer" | "sessions" | "runs" | "vendors" | "consents" | "audit";

export const screens: Readonly<Record<ScreenName, ComponentType<ScreenParts>>> = {
  taxpayer: TaxpayerScreen,
  sessions: SessionsScreen,
  runs: RunsScreen,
  vendors: VendorsScreen,
  consents: ConsentsScreen,
  audit: AuditScreen,
};

/** The address names the screen and nothing more: no PAN ever stands in it. */
export function useScreen(): ScreenName {
  const name = useSyncExternalStore(listen, () => location.hash.slice("#/".length));
  return name in screens ? (name as ScreenName) : "taxpayer";
}

function listen(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => {
    removeEventListener("hashchange", changed);
  };
}
