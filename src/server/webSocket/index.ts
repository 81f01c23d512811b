export { acceptWebSockets } from "./webSocket";
