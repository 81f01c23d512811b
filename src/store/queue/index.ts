export { deleteDeadProcesses, livingOwners, startHeart } from "./heartbeat";
export { type SessionJobs, openJobs } from "./jobs";
export { createAnnouncements, openListener } from "./listener";
