import fc from "fast-check";

// One seed for all, so that a run on the same code ends the same way. `FUZZ_SEED=7 npm test` looks elsewhere.
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_261_121) });

export default fc;

/** How often a property is tried. `npm run test:unit` must be quick, and tries a share of what `npm test` tries. */
export function runs(count: number): number {
  return Math.ceil(count * Number(process.env.FUZZ_SHARE ?? 1));
}
