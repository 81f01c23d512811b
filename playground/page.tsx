// Imported here, and not only by GraphiQL's own dynamic import, so that its styles become part of page.css.
import "monaco-graphql/esm/monaco-editor.js";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./look.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { createFetcher } from "./fetcher";
import { readSettings } from "./settings";
import { createForgetfulStorage } from "./storage";
import { tabs } from "./tabs";
import { provideWorkers } from "./workers";

const { token } = readSettings();
const headers = { Authorization: `Bearer ${token ?? "<paste your token here>"}` };

provideWorkers();
const root = document.getElementById("playground");
if (root === null) throw new Error("The page has no place for the playground.");
createRoot(root).render(
  <GraphiQL
    fetcher={createFetcher(token === null ? {} : headers)}
    storage={createForgetfulStorage()}
    shouldPersistHeaders={false}
    defaultHeaders={JSON.stringify(headers, null, 2)}
    defaultTabs={[...tabs]}
    initialVariables={tabs[0].variables}
    defaultEditorToolsVisibility={token === null ? "headers" : "variables"}
  >
    <GraphiQL.Logo>AayGraph</GraphiQL.Logo>
  </GraphiQL>,
);
