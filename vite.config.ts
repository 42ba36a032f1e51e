import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// While developing, `vite` asks the server that GUILDHALL_API names.
const api = process.env['GUILDHALL_API'] ?? 'http://127.0.0.1:7310';

export default defineConfig({
  root: 'web',
  // Elements are made by web/elements/, which escapes what people would not see.
  plugins: [react({ jsxImportSource: path.resolve(import.meta.dirname, 'web/elements') })],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    // An inlined font or image would need `data:` in the content security policy.
    assetsInlineLimit: () => false,
    // Every browser that runs the target preloads modules by itself.
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': api, '/login': api } },
});
