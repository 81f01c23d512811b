/** What was typed into a field, without blanks around it; "" for a field that is a file or is not there. */
export function typed(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value.trim() : "";
}
