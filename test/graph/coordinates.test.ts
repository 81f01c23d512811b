import { coordinatesOf } from "../../src/graph/selection/coordinates";
import { selectionOf } from "./selecting";

function coordinates(query: string, mayHave: (field: string) => boolean = () => true) {
  return coordinatesOf(selectionOf(query), { key: "", mayHave });
}

describe("the coordinates of what is selected", () => {
  it("name the documents with their fields", () => {
    expect(coordinates("{ taxpayer { profile { name email } } }").read).toEqual([
      "Taxpayer.profile",
      "Profile.name",
      "Profile.email",
    ]);
  });

  it("pass over what only makes pages", () => {
    expect(coordinates("{ taxpayer { filings { nodes { form } edges { node { form } } } } }").read).toEqual([
      "Taxpayer.filings",
      "Filing.form",
    ]);
  });

  it("leave out what is part of a field", () => {
    expect(coordinates("{ taxpayer { filings { nodes { incomeHeads { salary } } } } }").read).toEqual([
      "Taxpayer.filings",
      "Filing.incomeHeads",
    ]);
  });

  it("hold nothing of what a field was called or given", () => {
    const query = '{ taxpayer { secretName: filing(assessmentYear: "2026-27") { form } } }';
    expect(coordinates(query).read).toEqual(["Taxpayer.filing", "Filing.form"]);
  });

  it("tell apart what is not allowed", () => {
    const query = "{ taxpayer { profile { name } compliance { agreesWithFilings } } }";
    expect(coordinates(query, (field) => field === "compliance")).toEqual({
      read: ["Taxpayer.compliance", "ComplianceStatus.agreesWithFilings"],
      refused: ["Taxpayer.profile"],
    });
  });
});
