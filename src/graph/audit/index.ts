export { AccessEventResolver } from "./accessEvent";
export { ConsentRecordResolver } from "./consentRecord";
