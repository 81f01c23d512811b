import { eko } from "./eko";
import type { Provider } from "./provider";

/** Every provider, in the order in which equal ones are asked. A new vendor is a folder beside this file and a line here. */
export const providers: readonly Provider[] = [eko];
