// Imported here, and not only by GraphiQL's own dynamic import, so that its styles become part of page.css.
import "monaco-graphql/esm/monaco-editor.js";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./look.css";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { createFetcher } from "./fetcher";
import { guide } from "./guide";
import { nameOwnOperation } from "./ownOperation";
import { createPhone } from "./phone";
import { createPhonePlugin } from "./phonePlugin";
import { readSettings } from "./settings";
import { createForgetfulStorage } from "./storage";
import { tabs, tabsWithoutPhone } from "./tabs";
import { provideWorkers } from "./workers";

const { token, hasPhone } = readSettings();
const headers = { Authorization: `Bearer ${token ?? "<paste your token here>"}` };
const fetcher = createFetcher(token === null ? {} : headers);
const phone = createPhone();
const shown = hasPhone
  ? { tabs, fetcher: guide(fetcher, phone), plugins: [createPhonePlugin(phone), HISTORY_PLUGIN] }
  : { tabs: tabsWithoutPhone, fetcher, plugins: [HISTORY_PLUGIN] };

provideWorkers();
const root = document.getElementById("playground");
if (root === null) throw new Error("The page has no place for the playground.");
createRoot(root).render(
  <GraphiQL
    fetcher={nameOwnOperation(shown.fetcher)}
    storage={createForgetfulStorage()}
    shouldPersistHeaders={false}
    defaultHeaders={JSON.stringify(headers, null, 2)}
    defaultTabs={[...shown.tabs]}
    initialVariables={shown.tabs[0].variables}
    plugins={shown.plugins}
    defaultEditorToolsVisibility={token === null ? "headers" : "variables"}
  >
    <GraphiQL.Logo>AayGraph</GraphiQL.Logo>
  </GraphiQL>,
);
