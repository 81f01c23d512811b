// One round of `npm run dev`: build what changed, then serve. The watcher that started this runs it again on each change.
import { createRequire } from "node:module";
import "./build.mjs";

createRequire(import.meta.url)("../dist/server/main.js");
