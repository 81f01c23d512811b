// Links to the taxpayer's own page.
export { createLinks, forgetLinks } from "./links";
