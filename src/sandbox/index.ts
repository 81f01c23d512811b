/** The sandbox: simulated vendors on one port, their personas, and what a terminal prints about them. */
export { type JumpingClock, jumpingClock } from "./clock";
export { type SandboxHost, attachSandbox, openSandbox, prefixOf } from "./host";
export { personaList } from "./personaTable";
export { personaOn } from "./personas";
export { runFlow } from "./runFlow";
export { panToTry, welcome } from "./welcome";
