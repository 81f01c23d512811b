import { validate, type ValidationError } from "class-validator";
import { Fault } from "../kernel/fault";

/**
 * Judges arguments and inputs by the rules on their classes. It tells which field is wrong, never what was in it: the
 * library's own errors carry the whole input.
 */
export async function refuseInvalid(value: unknown): Promise<void> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const [error] = await validate(value, {
    forbidUnknownValues: false,
    skipMissingProperties: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (error === undefined) return;
  const { field, hint } = innermost(error);
  throw new Fault("BAD_INPUT", { field, ...(hint !== undefined && { hint: `${hint}.` }) });
}

/** An input within an input is told by its path: "consent.dataLifeDays". */
function innermost({ property, constraints, children }: ValidationError): { field: string; hint: string | undefined } {
  const [child] = children ?? [];
  if (child === undefined) return { field: property, hint: Object.values(constraints ?? {})[0] };
  const { field, hint } = innermost(child);
  return { field: `${property}.${field}`, hint };
}
