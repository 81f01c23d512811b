export { type SessionJobs, openJobs } from "./jobs";
export { createAnnouncements, livingOwners, openListener } from "./listener";
