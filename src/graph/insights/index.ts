export { IncomeInsights, toIncomeInsights } from "./insights";
export { IncomePolicyInput, isPolicy, toPolicy } from "./policy";
