export { type Grounds, type Road, openRoad } from "./connection";
export { createPortalWatch } from "./portalWatch";
export { SingleFlight } from "./singleFlight";
