/** What a secret looks like where somebody has written it down: as it is, or in one of the usual disguises. */
function formsOf(secret: string): Buffer[] {
  const bytes = Buffer.from(secret);
  const escaped = Array.from(secret)
    .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
  const texts = [
    secret,
    secret.toLowerCase(),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    escaped,
    Array.from(secret).reverse().join(""),
    ...insideBase64(bytes),
  ];
  const utf16 = Buffer.from(secret, "utf16le");
  return [...[...new Set(texts)].map((text) => Buffer.from(text)), utf16, Buffer.from(utf16).swap16()];
}

/** In base64 the same bytes look like one of three texts, by where they stand; its ends depend on the neighbours. */
function insideBase64(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replaceAll("=", "");
    const certain = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [certain, certain.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

interface Sought {
  readonly what: string;
  readonly form: Buffer;
}

const shortestForm = 5;

/** Which of the secrets stand in any of these places, in whatever form. Each place is gone through once for all of them. */
export function sight(places: readonly (Buffer | string)[], secrets: ReadonlyMap<string, string>): string[] {
  const soughtByStart = new Map<number, Sought[]>();
  const starts = new Uint8Array(65_536);
  for (const [what, secret] of secrets) {
    for (const form of formsOf(secret)) {
      if (form.length < shortestForm) throw new Error(`${what} is too short to be told from chance`);
      const start = form.readUInt32BE(0);
      starts[start >>> 16] = 1;
      const known = soughtByStart.get(start);
      if (known) known.push({ what, form });
      else soughtByStart.set(start, [{ what, form }]);
    }
  }
  const seen = new Set<string>();
  for (const place of places) {
    const bytes = typeof place === "string" ? Buffer.from(place) : place;
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (starts[(bytes[at]! << 8) | bytes[at + 1]!] === 0) continue;
      for (const { what, form } of soughtByStart.get(bytes.readUInt32BE(at)) ?? []) {
        if (form.equals(bytes.subarray(at, at + form.length))) seen.add(what);
      }
    }
  }
  return [...secrets.keys()].filter((what) => seen.has(what));
}
