import { Fault } from "../../src/kernel/fault";

/** The fault that this ends with; anything else that it ends with fails the test. */
export function faultOf(end: () => unknown): Fault {
  try {
    end();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error("this did not end with a fault");
}
