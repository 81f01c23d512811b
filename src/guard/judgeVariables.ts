import { beyond, type Limits } from "../kernel/limits";

/** Refuses variables that are nested too deeply, or hold a list that is too long. It never looks deeper than that. */
export function judgeVariables(variables: object, limits: Limits): void {
  judge(variables, 0, limits);
}

function judge(value: object, depth: number, limits: Limits): void {
  if (depth > limits.variableDepth) throw beyond("variableDepth", limits);
  if (Array.isArray(value) && value.length > limits.listSize) throw beyond("listSize", limits);
  for (const member of Object.values(value) as unknown[]) {
    if (typeof member === "object" && member !== null) judge(member, depth + 1, limits);
  }
}
