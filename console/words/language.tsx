import { createContext, useContext } from "react";
import { spoken } from "../print";
import { enums } from "./enums";
import { messages, type Language, type MessageName } from "./messages";

export const LanguageContext = createContext<Language>("en");

/** The words of the chosen language: `t("search")`, and `word("READY")` for a value of one of the graph's enums. */
export function useWords() {
  const language = useContext(LanguageContext);
  return {
    language,
    t: (name: MessageName, places: Record<string, string | number> = {}) =>
      messages[name][language].replaceAll(/\{(\w+)\}/g, (_, place: string) => String(places[place] ?? "")),
    word: (value: string) => enums[value]?.[language] ?? spoken(value),
  };
}
