const mostDelayMs = 20;

/** Writes the lines of a moment together: a write for each of them would cost more than answering a small question. */
export function linesTogether(write: (text: string) => void): (line: string) => undefined {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length === 0) return;
    const text = lines.join("");
    lines = [];
    write(text);
  };
  // Whatever ends the process, its last lines are worth the most.
  process.once("exit", flush);
  return (line) => {
    lines.push(line);
    if (lines.length === 1) setTimeout(flush, mostDelayMs).unref();
    return undefined;
  };
}
