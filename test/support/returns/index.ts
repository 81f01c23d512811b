import { businesses } from "./businesses";
import type { ReturnCase } from "./case";
import { firms } from "./firms";
import { investors } from "./investors";
import { salaried } from "./salaried";

export const returnCases: readonly ReturnCase[] = [...salaried, ...investors, ...businesses, ...firms];
