import { Worker } from "node:worker_threads";

/** In the thread: each message is one call of the module's function. */
const program = `
  const { parentPort, workerData } = require("node:worker_threads");
  const work = require(workerData.file)[workerData.name];
  parentPort.on("message", ({ id, input }) => {
    try {
      parentPort.postMessage({ id, output: work(input) });
    } catch (error) {
      parentPort.postMessage({ id, failure: String(error) });
    }
  });`;

interface Reply<Output> {
  readonly id: number;
  readonly output?: Output;
  readonly failure?: string;
}

/**
 * A function of a module, called in a thread of its own: what it computes delays no request. Input and output are copied, one
 * call follows the other. The thread starts with the first call, and keeps no process from ending. One that dies fails its calls.
 */
export function inThread<Output>(file: string, name: string): (input: Uint8Array) => Promise<Output> {
  const waiting = new Map<number, PromiseWithResolvers<Output>>();
  let thread: Worker | undefined;
  let lastId = 0;

  function start(): Worker {
    // The options of this process for its tools hold in the thread as well: NODE_OPTIONS is read from the environment given.
    const started = new Worker(program, { eval: true, workerData: { file, name }, env: process.env });
    started.on("message", ({ id, output, failure }: Reply<Output>) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (failure === undefined) call?.resolve(output as Output);
      else call?.reject(new Error(failure));
    });
    started.on("error", fail);
    started.on("exit", () => {
      fail(new Error("the thread has ended"));
    });
    return started;
  }

  function fail(error: unknown): void {
    thread = undefined;
    for (const [id, call] of waiting) {
      waiting.delete(id);
      call.reject(error);
    }
  }

  return (input) => {
    thread ??= start();
    thread.ref();
    lastId += 1;
    const call = Promise.withResolvers<Output>();
    waiting.set(lastId, call);
    thread.postMessage({ id: lastId, input });
    return call.promise;
  };
}
