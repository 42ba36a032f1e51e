import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
    globalSetup: ['test/global-setup.ts'],
    // Vitest empties style sheets unless told otherwise; the contrast test reads this one.
    css: { include: [/tokens\.css/] },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest leaves one processor free, which of two is half; our tests wait for disks, servers and children.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
