import { onGivenServer } from "./givenServer";
import { runsContract } from "./runsContract";

onGivenServer(runsContract);
