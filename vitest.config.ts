import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
    globalSetup: ['test/global-setup.ts'],
    // Vitest empties style sheets unless told otherwise; the contrast test reads this one.
    css: { include: [/tokens\.css/] },
    // Two files run at once, and machines are busy: a limit says that something hangs, not that it is slow.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // Vitest leaves one processor free, which of two is half; our tests wait for disks, servers and children.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
