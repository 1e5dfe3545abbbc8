/**
 * Property tests try the same examples each time, so that a commit fails by its own fault.
 * `FC_SEED=2 npm run test:code` tries others.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 1) });
