import fc from "fast-check";

// One seed for all, so that a run on the same code ends the same way. `FUZZ_SEED=7 npm test` looks elsewhere.
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_261_121) });

export default fc;
