/**
 * What an operation may be called in logs. Callers choose the names, and may choose a PAN, an Aadhaar number or a one-time
 * password: each has four digits in a row, however they are spaced out.
 */
export function loggableName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return name.length <= 80 && !/\d{4}/.test(name.replaceAll("_", "")) ? name : "(withheld)";
}
