import { auditTrailContract } from "./auditTrailContract";
import { onGivenServer } from "./givenServer";

onGivenServer(auditTrailContract);
