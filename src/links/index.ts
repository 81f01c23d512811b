// Links: the taxpayer's own page, for one consent and one login, so that no caller sees a portal password.
export { createLinks, type LinkRequest, type Links } from "./lifecycle";
export { isLinkOver, type Link, type LinkOutcome, linkStates, type LinkState, mostRefusals } from "./link";
export { linkStateDiagram } from "./transition";
