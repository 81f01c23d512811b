// The texts of the pages, in each language.
import type { Locale } from "../../../domain";
import { en } from "./en";
import { hi } from "./hi";
import type { Messages } from "./messages";

export type { Messages } from "./messages";

export const messagesByLocale: Readonly<Record<Locale, Messages>> = { EN: en, HI: hi };
