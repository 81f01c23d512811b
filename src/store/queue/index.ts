export { deleteDeadProcesses, livingOwners, startHeart } from "./heartbeat";
export { type SessionJobs, openJobs } from "./jobs";
export { announceChange, createAnnouncements, openListener } from "./listener";
