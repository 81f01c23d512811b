import { linesTogether } from "../../src/server/log";

describe("log lines", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it("of one moment are written together, in order", () => {
    const written: string[] = [];
    const write = linesTogether((text) => written.push(text));
    write("a\n");
    write("b\n");
    jest.runAllTimers();
    write("c\n");
    jest.runAllTimers();
    expect(written).toEqual(["a\nb\n", "c\n"]);
  });

  it("are written before the process ends", () => {
    const written: string[] = [];
    const exit = jest.spyOn(process, "once");
    linesTogether((text) => written.push(text))("last words\n");
    const [, end] = exit.mock.calls.find(([event]) => event === "exit")!;
    (end as () => void)();
    exit.mockRestore();
    expect(written).toEqual(["last words\n"]);
  });
});
