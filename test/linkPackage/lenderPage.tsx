import { createRoot } from "react-dom/client";
import { useLink } from "../../packages/link/src/useLink.ts";

const made = { id: "ln_one", url: "http://taxpayer.test/link/a-token" };

/** A lender's page of one line, and the return address of its links. */
function LenderPage() {
  const { stage, open, redirect } = useLink();
  return (
    <main>
      <p>{stage.kind === "RETURNED" ? `${stage.link} ${stage.state}` : stage.kind}</p>
      <button
        onClick={() => {
          open(Promise.resolve(made));
        }}
      >
        Window
      </button>
      <button
        onClick={() => {
          redirect(made);
        }}
      >
        Here
      </button>
    </main>
  );
}

createRoot(document.body.appendChild(document.createElement("div"))).render(<LenderPage />);
