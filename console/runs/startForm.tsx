import { useId, useRef, useState } from "react";
import { StartComplianceRunDocument, type ComplianceRunInput } from "@aaygraph/client";
import { useChange } from "../graph";
import { count } from "../print";
import { typed } from "../parts/form";
import { useServer } from "../server";
import { useWords } from "../words/language";
import { mostPasted, readPans } from "./list";
import { sendList, UploadTaken, type Upload } from "./upload";

type Wanted = Omit<ComplianceRunInput, "idempotencyKey">;

/** Starts a run over PANs that are pasted, or over a file. PANs are gone from the page once it runs. */
export function StartForm({ started }: { readonly started: (id: string) => void }) {
  const { t } = useWords();
  const id = useId();
  const server = useServer();
  const starting = useChange(StartComplianceRunDocument);
  const form = useRef<HTMLFormElement>(null);
  const key = useRef<{ readonly of: string; readonly key: string }>(undefined);
  /** A file that was taken is not sent again when its run could not be started. */
  const taken = useRef<{ readonly of: string; readonly upload: Upload }>(undefined);
  const [isSendingFile, setSendingFile] = useState(false);
  const [upload, setUpload] = useState<Upload>();
  const [problem, setProblem] = useState<string>();

  /** The same input under the same name: a second click on a lost answer starts nothing twice. */
  const keyFor = (wanted: Wanted) => {
    const of = JSON.stringify(wanted);
    if (key.current?.of !== of) key.current = { of, key: crypto.randomUUID() };
    return key.current.key;
  };

  /** What is wrong with the pasted PANs, if anything is. */
  const wrongOf = (text: string): string | undefined => {
    const { pans, badLines } = readPans(text);
    if (badLines.length > 0) return t("runBadPans", { lines: badLines.slice(0, 10).join(", ") });
    if (pans.length > mostPasted) return t("runTooMany", { count: count(pans.length) });
    return pans.length === 0 ? t("runNothing") : undefined;
  };

  const sendFile = async (file: File) => {
    const of = `${file.name} ${file.size} ${file.lastModified}`;
    if (taken.current?.of === of) return taken.current.upload;
    setSendingFile(true);
    try {
      const sent = await sendList(server, file);
      if ("upload" in sent) {
        taken.current = { of, upload: sent };
        return sent;
      }
      setProblem(sent.message ?? t("uploadRefused", { status: sent.status }));
    } catch {
      setProblem(t("unreachable"));
    } finally {
      setSendingFile(false);
    }
    return undefined;
  };

  const start = async (fields: FormData) => {
    setProblem(undefined);
    setUpload(undefined);
    const pasted = typed(fields, "pans");
    const budget = typed(fields, "budget");
    const file = fields.get("file");
    const { pans } = readPans(pasted);
    const maxRupees = Number(budget);
    const hasFile = file instanceof File && file.size > 0;
    const wrong =
      (hasFile ? undefined : wrongOf(pasted)) ?? (budget === "" || !(maxRupees >= 0) ? t("runBadBudget") : undefined);
    if (wrong !== undefined) {
      setProblem(wrong);
      return;
    }
    const sent = hasFile ? await sendFile(file) : undefined;
    if (hasFile && !sent) return;
    setUpload(sent);
    const reference = typed(fields, "reference");
    const wanted: Wanted = {
      ...(sent ? { upload: sent.upload } : { pans: [...pans] }),
      maxRupees,
      ...(reference !== "" && { reference }),
    };
    const data = await starting.send({ input: { ...wanted, idempotencyKey: keyFor(wanted) } });
    const payload = data?.startComplianceRun;
    setProblem(payload?.problem?.message);
    if (!payload?.run) return;
    form.current?.reset();
    key.current = undefined;
    taken.current = undefined;
    started(payload.run.id);
  };

  return (
    <form
      ref={form}
      className="card run-form"
      noValidate
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        void start(new FormData(event.currentTarget));
      }}
    >
      <h2 id={`${id}-title`}>{t("startRun")}</h2>
      <div className="run-fields">
        <label className="run-pans">
          {t("runPans")}
          <textarea
            name="pans"
            rows={6}
            autoComplete="off"
            spellCheck={false}
            placeholder="ABCDE1234F"
            aria-describedby={`${id}-pans`}
          />
          <span id={`${id}-pans`} className="hint">
            {t("runPansHint", { most: count(mostPasted) })}
          </span>
        </label>
        <div className="run-rest">
          <label>
            {t("runFile")}
            <input type="file" name="file" accept=".csv,.txt,text/csv,text/plain" aria-describedby={`${id}-file`} />
            <span id={`${id}-file`} className="hint">
              {t("runFileHint")}
            </span>
          </label>
          <label>
            {t("runBudget")}
            <input
              name="budget"
              inputMode="decimal"
              defaultValue="100"
              autoComplete="off"
              aria-describedby={`${id}-budget`}
            />
            <span id={`${id}-budget`} className="hint">
              {t("runBudgetHint")}
            </span>
          </label>
          <label>
            {t("runReference")}
            <input name="reference" maxLength={200} autoComplete="off" />
          </label>
        </div>
      </div>
      <div className="run-start">
        <button type="submit" className="main" disabled={isSendingFile || starting.isSending}>
          {t("startRun")}
        </button>
        <div role="status">
          {isSendingFile && <p className="hint">{t("uploading")}</p>}
          {starting.isSending && <p className="hint">{t("starting")}</p>}
          {(starting.refusal ?? problem) && <p className="hint bad">{starting.refusal ?? problem}</p>}
          {upload && <UploadTaken upload={upload} />}
        </div>
      </div>
    </form>
  );
}
