import { validate } from "class-validator";
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
  const [hint] = Object.values(error.constraints ?? {});
  throw new Fault("BAD_INPUT", { field: error.property, ...(hint !== undefined && { hint: `${hint}.` }) });
}
