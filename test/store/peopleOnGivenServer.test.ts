import { onGivenServer } from "./givenServer";
import { peopleContract } from "./storeContract";

onGivenServer(peopleContract);
