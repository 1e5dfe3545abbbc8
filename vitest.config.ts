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
    // No test measures a clock: this only ends what hangs. The end-to-end tests start many processes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
