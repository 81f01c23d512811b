import { createEvents } from "../../src/kernel/events";

describe("events", () => {
  it("reach every listener of their name", () => {
    const events = createEvents();
    const [first, second] = [jest.fn(), jest.fn()];
    events.on("flight shared", first);
    events.on("flight shared", second);
    events.emit("flight shared", { provider: "EKO" });
    expect(first).toHaveBeenCalledWith({ provider: "EKO" });
    expect(second).toHaveBeenCalledWith({ provider: "EKO" });
  });

  it("reach their listeners before emit returns", () => {
    const events = createEvents();
    const order: string[] = [];
    events.on("answers held", () => order.push("heard"));
    events.emit("answers held", { document: "COMPLIANCE", count: 1 });
    order.push("emitted");
    expect(order).toEqual(["heard", "emitted"]);
  });

  it("do not reach listeners of another name", () => {
    const events = createEvents();
    const heard = jest.fn();
    events.on("answers held", heard);
    events.emit("flight shared", { provider: "EKO" });
    expect(heard).not.toHaveBeenCalled();
  });

  it("may have no listener at all", () => {
    expect(() => {
      createEvents().emit("service stopped", { graceful: true });
    }).not.toThrow();
  });

  it("of one service stay with that service", () => {
    const heard = jest.fn();
    createEvents().on("flight shared", heard);
    createEvents().emit("flight shared", { provider: "EKO" });
    expect(heard).not.toHaveBeenCalled();
  });
});
