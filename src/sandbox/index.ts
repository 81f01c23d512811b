export { jumpingClock } from "./clock";
export { type Traveller, drive } from "./drive";
export { type SandboxHost, openSandbox, prefixOf } from "./host";
export { personaList } from "./personaTable";
export { personaOn } from "./personas";
export { welcome } from "./welcome";
