import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startTestService, type GraphAnswer, type TestService } from "../support/service";

const file = join(__dirname, "../../README.md");
const fence = "```";
const example = new RegExp(`${fence}graphql\\n([^]*?)${fence}\\n\\n${fence}json\\n([^]*?)${fence}`, "g");

/** The part of an answer that the page shows: no places in the text, and nothing that differs from run to run. */
function shown({ data, errors }: GraphAnswer<unknown>): unknown {
  const failure = errors && { errors: errors.map(({ path, extensions }) => ({ path, extensions })) };
  const text = JSON.stringify({ data, ...failure }, (name, value: unknown) =>
    name === "requestId" ? undefined : value,
  );
  return JSON.parse(text.replace(/"ss_[A-Za-z0-9_-]+"/g, '"ss_…"')) as unknown;
}

interface Opened {
  readonly openSession?: { readonly session: { readonly id: string } | null };
}

async function answersTo(service: TestService, questions: readonly string[]): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  const variables: Record<string, string> = { password: "Sandbox@1001" };
  for (const question of questions) {
    if (question.includes("$otp")) variables.otp = await otpOf(service, "ZZZPA1001A");
    const names = [...question.matchAll(/\$(\w+):/g)].map(([, name = ""]) => name);
    const given = Object.fromEntries(names.map((name) => [name, variables[name]]));
    const answer = await service.ask<Opened, unknown>(question, given);
    variables.session = answer.data?.openSession?.session?.id ?? variables.session ?? "";
    answers.push(shown(answer));
  }
  return answers;
}

async function otpOf(service: TestService, pan: string): Promise<string> {
  const phone = new URL(`phone.json?pan=${pan}`, service.service.controlUrl);
  const text = await (await fetch(phone)).text();
  return /"otp": ?"(\d+)"/.exec(text)?.[1] ?? "";
}

test("the answers in the README are those of a run", async () => {
  const page = readFileSync(file, "utf8");
  const examples = [...page.matchAll(example)];
  expect(examples.length).toBeGreaterThan(4);
  await using service = await startTestService();
  const answers = await answersTo(
    service,
    examples.map(([, question = ""]) => question),
  );
  // UPDATE_README=1 prints them anew; prettier then breaks the lines.
  if (process.env.UPDATE_README) {
    let at = 0;
    const printed = page.replace(
      example,
      (_all, question: string) =>
        `${fence}graphql\n${question}${fence}\n\n${fence}json\n${JSON.stringify(answers[at++])}\n${fence}`,
    );
    writeFileSync(file, printed);
    return;
  }
  expect(answers).toEqual(examples.map(([, , printed = ""]) => JSON.parse(printed) as unknown));
});
