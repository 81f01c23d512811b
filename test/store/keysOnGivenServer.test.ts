import { onGivenServer } from "./givenServer";
import { keysContract } from "./storeContract";

onGivenServer(keysContract);
