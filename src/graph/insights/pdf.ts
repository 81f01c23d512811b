import { printRupees, type Rupees } from "../../domain";
import type { Section } from "./report";

/** One bar of the chart. */
interface Bar {
  readonly label: string;
  readonly amount: Rupees;
}

const [pageWidth, pageHeight, margin] = [595, 842, 48];
const columns = [margin, 200, 300, 380];
const lineHeight = 12;

/**
 * A plain PDF with the standard fonts, which every reader has. They have Latin letters only: the rupee sign prints as
 * "Rs." and other letters as "?".
 */
export function pdfOf(title: string, sections: readonly Section[], bars: readonly Bar[]): Buffer {
  const pages: string[][] = [];
  let y = 0;
  const page = () => pages.at(-1) ?? [];
  const newPage = () => {
    pages.push([]);
    y = pageHeight - margin;
  };
  const down = (by: number) => {
    if (y - by < margin) newPage();
    y -= by;
  };
  newPage();
  page().push(textAt(margin, y - 6, 16, "F2", title));
  down(30);
  for (const [at, section] of sections.entries()) {
    down(lineHeight * 2);
    page().push(textAt(margin, y, 11, "F2", section.title));
    for (const [name = "", amount = "", ...rest] of section.rows) {
      const isPair = rest.length === 0;
      const cells = isPair ? [wrap(name, 150), wrap(amount, pageWidth - margin - 200)] : rowCells(name, amount, rest);
      const height = Math.max(...cells.map((lines) => lines.length)) * lineHeight;
      down(height + 2);
      for (const [column, lines] of cells.entries()) {
        lines.forEach((line, index) => {
          page().push(textAt(columns[column] ?? margin, y + height - lineHeight * (index + 1) + 2, 8, "F1", line));
        });
      }
    }
    if (at === 1 && bars.length > 0) {
      down(130);
      page().push(chartAt(y, bars));
    }
  }
  return written(pages.map((parts) => parts.join("\n")));
}

function rowCells(name: string, amount: string, [state = "", words = ""]: readonly string[]): readonly string[][] {
  return [wrap(name, 150), wrap(amount, 98), wrap(state, 78), wrap(words, pageWidth - margin - 380)];
}

/** Breaks at blanks, and within a word that is longer than a line. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [""];
  for (const [at, word] of text.split(" ").entries()) {
    const last = lines.at(-1) ?? "";
    if (at > 0 && widthOf(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...pieces(word, width));
  }
  return lines.slice(1);
}

function pieces(word: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const letter of word) {
    if (widthOf(line + letter) > width) {
      lines.push(line);
      line = "";
    }
    line += letter;
  }
  return [...lines, line];
}

/** At eight points, rather too wide than too narrow: capitals of Helvetica are wider than its other letters. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (/[A-Z₹_"]/.test(letter) ? (letter === "₹" ? 14 : 5.7) : 4.4), 0);
}

/** Bars from zero up, or down for a loss, with their amounts. */
function chartAt(bottom: number, bars: readonly Bar[]): string {
  const largest = Math.max(1, ...bars.map(({ amount }) => Math.abs(amount)));
  const step = (pageWidth - 2 * margin) / bars.length;
  return bars
    .flatMap(({ label, amount }, at) => {
      const height = (80 * Math.abs(amount)) / largest;
      const x = margin + at * step;
      const color = amount < 0 ? "0.75 0.25 0.2" : "0.16 0.4 0.65";
      return [
        `${color} rg ${round(x)} ${round(bottom + 20)} ${round(Math.min(60, step * 0.6))} ${round(height)} re f 0 0 0 rg`,
        textAt(x, bottom + 8, 8, "F1", label),
        textAt(x, bottom + 24 + height, 8, "F1", printRupees(amount)),
      ];
    })
    .join("\n");
}

function round(length: number): string {
  return length.toFixed(1);
}

function textAt(x: number, y: number, size: number, font: string, text: string): string {
  return `BT /${font} ${size} Tf ${round(x)} ${round(y)} Td (${escaped(text)}) Tj ET`;
}

/** WinAnsi has no rupee sign and no minus sign. */
function escaped(text: string): string {
  return text
    .replaceAll("₹", "Rs. ")
    .replaceAll("−", "-")
    .replaceAll("–", "-")
    .replace(/[^\x20-\x7e\u00a0-\u00ff]/gu, "?")
    .replace(/[\\()]/g, (letter) => `\\${letter}`);
}

function written(contents: readonly string[]): Buffer {
  const firstPage = 5;
  const kids = contents.map((_content, at) => `${firstPage + 2 * at} 0 R`);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${contents.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ...contents.flatMap((content, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents ${firstPage + 2 * at + 1} 0 R ` +
        "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
      `<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, "latin1");
}
