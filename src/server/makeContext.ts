import type { Access, GraphContext, Rate } from "../graph";

/** Makes the context of one operation. The signal is created at its first use. */
export type MakeContext = (request: {
  requestId: string;
  startedAtMs: number;
  access: Access;
  signal: () => AbortSignal;
  rate: Rate;
  requestedCost: number;
}) => GraphContext;
