/**
 * What ncc bundles: both programs in one build, so that they share their code and no two chunks get one name.
 * Each program runs when its module is loaded.
 */
export const action = (): Promise<unknown> => import("../src/action.ts");
export const cli = (): Promise<unknown> => import("../src/cli.ts");
