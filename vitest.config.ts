import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts", "bench/**/*.test.ts"],
    setupFiles: ["test/support/holes.ts", "test/support/other-node.ts", "test/support/properties.ts"],
    exclude: ["test/fixtures/**", "**/node_modules/**"],
    // Modules of this project keep no state, so files can share a process.
    isolate: false,
    pool: "forks",
    maxWorkers: 2,
    // The end-to-end tests start processes; on a loaded machine of two cores that takes seconds.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
