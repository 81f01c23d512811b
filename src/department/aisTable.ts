import { asList, asObject, textOf, type JsonObject } from "../kernel";

/** The cells of one row by the names of their columns. */
export type Row = ReadonlyMap<string, unknown>;

/** Rows are bare lists, and the columns are named once: by a text, or by a field beside its printed name. */
export function readTable(table: JsonObject, usualColumns: readonly string[] = []): readonly Row[] {
  const labels = asList(table.columnLabel).map(readLabel);
  const columns = labels.length === 0 ? usualColumns : labels;
  return asList(table.columnData)
    .filter((cells) => Array.isArray(cells))
    .map((cells: readonly unknown[]) => rowOf(columns, cells));
}

function rowOf(columns: readonly string[], cells: readonly unknown[]): Row {
  return new Map(columns.slice(0, cells.length).map((column, at) => [column, cells[at]]));
}

function readLabel(label: unknown): string {
  return textOf(label) ?? textOf(asObject(label)?.field) ?? "";
}
