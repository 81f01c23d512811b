import type { Language } from "./words/messages";

const months: Record<Language, readonly string[]> = {
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  hi: ["जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्टू॰", "नव॰", "दिस॰"],
};

const minus = "−";
const grouped = new Intl.NumberFormat("en-IN", { maximumFractionDigits: 2 });

/** "₹13,02,600", "−₹45,000". What is null is not printed here: the caller draws it as missing. */
export function rupees(amount: number): string {
  return `${amount < 0 ? minus : ""}₹${grouped.format(Math.abs(amount))}`;
}

/** For an axis: "13 L", "1.2 Cr", "−50 k". */
export function shortRupees(amount: number, language: Language): string {
  const size = Math.abs(amount);
  const [unit, name] =
    size >= 1e7
      ? [1e7, language === "hi" ? "करोड़" : "Cr"]
      : size >= 1e5
        ? [1e5, language === "hi" ? "लाख" : "L"]
        : [1e3, language === "hi" ? "हज़ार" : "k"];
  if (size === 0) return "0";
  return `${amount < 0 ? minus : ""}${Number((size / unit).toFixed(2))} ${name}`;
}

/** "21 Jun 2026", of a calendar date or of an instant as the clock on this wall has it. */
export function day(value: string, language: Language): string {
  const at = value.length === 10 ? new Date(`${value}T00:00:00`) : new Date(value);
  return `${at.getDate()} ${months[language][at.getMonth()] ?? ""} ${at.getFullYear()}`;
}

/** "21 Jun 2026, 14:05" */
export function moment(value: string, language: Language): string {
  return `${day(value, language)}, ${clockTime(value)}`;
}

/** "14:05:09" */
export function clockTime(value: string, withSeconds = false): string {
  const at = new Date(value);
  const parts = [at.getHours(), at.getMinutes(), ...(withSeconds ? [at.getSeconds()] : [])];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

export function count(value: number): string {
  return grouped.format(value);
}

/** "98.5 %" */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** "240 ms", "1.8 s", "3 min" */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** "SALARY_AGAINST_TAX_CREDITS" as people write it, for the words that have no message of their own. */
export function spoken(word: string): string {
  const text = word.toLowerCase().replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
