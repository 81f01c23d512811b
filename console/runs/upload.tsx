import type { AskServer } from "../server";
import { useWords } from "../words/language";

/** What the service says about a list that it has taken. */
export interface Upload {
  readonly upload: string;
  readonly lines: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  readonly rejectedLines: number;
}

/** Why a list was not taken: the service's own words, or the status alone. */
export interface UploadRefusal {
  readonly status: number;
  readonly message: string | undefined;
}

/** The browser sends the file from the disk: it is never whole in memory. */
export async function sendList(server: AskServer, file: File): Promise<Upload | UploadRefusal> {
  const headers = { "content-type": /\.csv$/i.test(file.name) ? "text/csv" : "text/plain" };
  const response = await server("/runs/uploads", { method: "POST", headers, body: file });
  if (response.ok) return (await response.json()) as Upload;
  const body = (await response.json().catch(() => ({}))) as { error?: { message: string } };
  return { status: response.status, message: body.error?.message };
}

const mostShown = 8;

export function UploadTaken({ upload }: { readonly upload: Upload }) {
  const { t } = useWords();
  const { lines, rejected, rejectedLines } = upload;
  return (
    <div>
      <p className="hint">{t("uploadTaken", { lines, rejected: rejectedLines })}</p>
      <ul className="hint rejected">
        {rejected.slice(0, mostShown).map(({ line, reason }) => (
          <li key={line}>{t("rejectedLine", { line, reason })}</li>
        ))}
      </ul>
      {rejectedLines > mostShown && <p className="hint">{t("moreFields", { count: rejectedLines - mostShown })}</p>}
    </div>
  );
}
