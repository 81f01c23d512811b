import type { ServerResponse } from "node:http";
import { CallerLeft } from "../kernel";

/** Ends what is done for a caller who has closed the connection before the answer was sent. */
export function leavingSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const leave = () => {
    if (!response.writableFinished) controller.abort(new CallerLeft());
  };
  if (response.destroyed) leave();
  else response.once("close", leave);
  return controller.signal;
}
