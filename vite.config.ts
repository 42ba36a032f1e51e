import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// While developing, `vite` asks the server that GUILDHALL_API names.
const api = process.env['GUILDHALL_API'] ?? 'http://127.0.0.1:7310';

export default defineConfig({
  root: 'web',
  plugins: [react()],
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
