import { withCutAnswers } from "./cutAnswers";
import { deepvue } from "./deepvue";
import { eko } from "./eko";
import { finpass } from "./finpass";
import { kwikid } from "./kwikid";
import type { Provider } from "./provider";
import { tutelar } from "./tutelar";

/** Every provider, in the order in which equal ones are asked. A new vendor is a folder beside this file and a line here. */
export const providers: readonly Provider[] = [kwikid, deepvue, tutelar, finpass, eko].map(withCutAnswers);

export const providerIds: readonly string[] = providers.map(({ id }) => id);
