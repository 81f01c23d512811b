import { useSyncExternalStore, type ComponentType } from "react";
import { TaxpayerScreen } from "./taxpayer/taxpayer";

interface ScreenParts {
  /** A screen in the background asks for nothing. */
  readonly isShown: boolean;
}

export type ScreenName = "taxpayer";

export const screens: Readonly<Record<ScreenName, ComponentType<ScreenParts>>> = {
  taxpayer: TaxpayerScreen,
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
