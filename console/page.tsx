import "./look/base.css";
import "./look/parts.css";
import "./look/screens.css";
import "./look/backend.css";
import { createRoot } from "react-dom/client";
import { App } from "./app";

const root = document.getElementById("console");
if (root === null) throw new Error("The page has no place for the console.");
createRoot(root).render(<App />);
