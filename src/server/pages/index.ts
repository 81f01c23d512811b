// The pages that taxpayers meet: a link's, and a consent's. Rendered here, in two languages, without a need for JavaScript.
export { consentPath, createConsentRoute } from "./consentRoute";
export { createLinkRoute, linkPath } from "./linkRoute";
