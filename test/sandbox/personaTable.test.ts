import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cast } from "../../src/sandbox/personas";
import { personaBook, personaList, personaPage } from "../../src/sandbox/personaTable";
import { welcome } from "../../src/sandbox/welcome";

describe("the table of personas", () => {
  it("is what docs/personas.md prints", () => {
    expect(readFileSync(join(__dirname, "../../docs/personas.md"), "utf8")).toBe(personaPage());
  });

  it("is the book of examples/book.csv as well", () => {
    expect(readFileSync(join(__dirname, "../../examples/book.csv"), "utf8")).toBe(personaBook());
  });

  it("has every persona", () => {
    for (const { facts } of cast) expect(personaList()).toContain(facts.pan);
  });
});

describe("the welcome", () => {
  const address = new URL("http://127.0.0.1:4000/");

  it("names three people to try", () => {
    const text = welcome({ address, developerToken: undefined, controlUrl: undefined, link: undefined }, true);
    expect(text.match(/ZZZP[A-Z]\d{4}[A-Z]/g)).toEqual(["ZZZPA1001A", "ZZZPA1002B", "ZZZPA1003C"]);
  });

  it("has the address of the fake phone", () => {
    const controlUrl = new URL("http://127.0.0.1:4001/__sandbox/");
    expect(welcome({ address, developerToken: undefined, controlUrl, link: undefined }, false)).toContain(
      "/__sandbox/phone",
    );
  });
});
