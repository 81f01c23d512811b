import { useState } from "react";
import { ComplianceRunFileDocument } from "@aaygraph/client";
import { useClient } from "../graph";
import { useServer } from "../server";
import { useWords } from "../words/language";

/** A link is good once and for ten minutes, and wants the token: so it is asked for and followed with the click. */
export function CsvButton({ id }: { readonly id: string }) {
  const { t } = useWords();
  const client = useClient();
  const server = useServer();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const fetchFile = async () => {
    const { data, problems } = await client.ask(ComplianceRunFileDocument, { id });
    const file = data?.complianceRun?.file;
    if (!file?.href) return problems[0]?.message ?? t("csvGone", { status: 404 });
    const response = await server(file.href);
    if (!response.ok) return t("csvGone", { status: response.status });
    save(await response.blob(), file.fileName);
    return undefined;
  };
  return (
    <>
      <button
        type="button"
        disabled={isBusy}
        onClick={() => {
          setBusy(true);
          void fetchFile()
            .catch(() => t("unreachable"))
            .then(setProblem)
            .finally(() => {
              setBusy(false);
            });
        }}
      >
        {t("csv")}
      </button>
      {problem && (
        <span className="hint bad" role="status">
          {problem}
        </span>
      )}
    </>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
